import Schema

extension ReportResults {
    /// For programs: everything exact, what is unknown null.
    package func json(command: String) -> JSON {
        [
            "title": JSON(file.title), "command": JSON(command), "rows": JSON(count), "not_run": JSON(missing),
            "studies": JSON(.array(studies.map(\.json))),
        ]
    }
}

extension ReportResults.Study {
    fileprivate var json: JSON {
        [
            "name": JSON(said.name), "tolerance": JSON(said.tolerance), "rows": JSON(.array(lines.map(\.json))),
            "claims": JSON(.array(claims.map(\.json))),
        ]
    }
}

extension ReportLine {
    fileprivate var json: JSON {
        let samples = Self.quantities.compactMap { quantity in
            sample(quantity).map { JSON.Member(quantity.rawValue, $0.figures) }
        }
        return [
            "config": JSON(said.config), "label": JSON(label), "settings": JSON(.object(values)),
            "combinations": JSON(combinations), "at": JSON(at),
            "directories": JSON(runs.compactMap(\.directory)), "n": JSON(runs.count),
            "parameters": JSON(runs.compactMap(\.parameters).first), "epochs": JSON(runs.map(\.epochs)),
            "seconds": JSON(seconds), "figures": JSON(.object(samples)), "reported": JSON(.array(figures.map(\.json))),
            "why": JSON(said.why), "not_run": JSON(said.notRun),
        ]
    }
}

extension ComparedFigure {
    fileprivate var json: JSON {
        let name =
            switch subject {
            case .figure(let figure): figure.name
            case .parameters: "parameters"
            case .trainable: "trainable"
            }
        return [
            "figure": JSON(name), "reported": reported.json, "ours": ours?.figures ?? nil,
            "judgement": JSON(judgement.rawValue),
        ]
    }
}

extension DecidedClaim {
    fileprivate var json: JSON {
        [
            "claim": JSON(said.claim), "is": JSON(said.relation), "first": first.json, "second": second.json,
            "difference": JSON(comparison?.difference),
            "interval": comparison?.interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil,
            "test": JSON(comparison?.interval == nil ? nil : comparison?.method.rawValue), "p": JSON(comparison?.p),
            "verdict": JSON(verdict.rawValue), "runs_needed": JSON(runsNeeded),
        ]
    }
}

extension DecidedClaim.Side {
    fileprivate var json: JSON {
        ["label": JSON(label), "figure": JSON(figure), "ours": sample.count == 0 ? nil : sample.figures]
    }
}

extension Sample {
    fileprivate var figures: JSON {
        let interval = interval(TrialSummary.confidence)
        return [
            "n": JSON(count), "mean": JSON(mean), "standard_deviation": JSON(standardDeviation),
            "interval": interval.map { [JSON($0.lowerBound), JSON($0.upperBound)] } ?? nil,
        ]
    }
}
