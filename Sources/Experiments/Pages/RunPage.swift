import Reporting
import Schema

/// The page of a finished run: `report.html`.
///
/// It has no dates and no durations, so that the same results are the same bytes.
struct RunPage {
    let result: RunResult
    let run: RunView

    /// From top to bottom; nil stands for a part that a run does not have. A new part is an extension of this type in a file
    /// of its own, and a line here.
    static let parts: [@Sendable (RunPage) throws -> PageSection?] = [
        { $0.outcome }, { $0.curves }, { $0.classes }, { try $0.mistakes }, { try $0.filters }, { $0.model },
        { $0.training },
        { $0.repetition },
    ]

    func page() throws -> Page {
        Page(
            kind: "Training run", title: run.config.name, lead: run.config.description, facts: facts,
            sections: try Self.parts.compactMap { part in try part(self) })
    }

    private var history: [EpochFigures] { result.history.map(EpochFigures.init) }

    private var facts: [PageFact] {
        let epochs = result.history.count
        let planned = run.config.training.epochs
        let verdict = result.verdict.map { PageFact("Expectations", $0.words, tone: $0.tone) }
        return [
            PageFact(
                "Test accuracy", percent(result.test.accuracy),
                note: "± \(fixed(result.standardError * 100, digits: 2)) points, \(grouped(run.data.test.count)) images"
            ),
            PageFact("Test loss", metric(result.test.loss)),
            PageFact("Parameters", grouped(run.summary.parameterCount), note: byteSize(run.summary.memory.parameters)),
            PageFact("Epochs", grouped(epochs), note: epochs == planned ? "" : "of \(grouped(planned))"),
            PageFact("Inference", scaled(Double(run.summary.forwardFlops), unit: "FLOP"), note: "per image"),
        ] + [verdict].compactMap(\.self)
    }
}

// What came of it.
extension RunPage {
    fileprivate var outcome: PageSection? {
        var blocks: [PageBlock] = [.paragraph(story)]
        if !result.expectations.isEmpty { blocks.append(.table(result.expectations.table)) }
        if let best = result.best.map(EpochFigures.init), let last = history.last {
            let isLast = best.epoch == last.epoch
            let chosen = isLast ? [("best and last", best)] : [("best", best), ("last", last)]
            let caption = "Best is the epoch with the highest accuracy\(isValidated ? " on validation images" : "")"
            let rows = chosen.map { ("\($1.epoch), \($0)", $1) }
            blocks.append(.table(EpochFigures.table(caption, rows, isValidated: isValidated, isSortable: false)))
        }
        return PageSection("outcome", "Outcome", blocks)
    }

    fileprivate var curves: PageSection? {
        guard !history.isEmpty else { return nil }
        let saved = SavedCurves(result.history, isValidated: isValidated)
        let picture = CurvesPicture(name: run.config.name, curves: saved)
        let single: HTML = history.count == 1 ? " There is one epoch, so there is one point." : ""
        let every = EpochFigures.table(
            "Figures of every epoch; in curves.csv, where they are exact, epochs count from 0",
            history.map { ("\($0.epoch)", $0) }, isValidated: isValidated)
        return PageSection(
            "curves", "Curves",
            [
                .figure(
                    PageFigure(
                        picture.plot, alt: "Loss and accuracy by epoch",
                        caption: "Loss and accuracy after each epoch.\(single)")),
                .folded("Every epoch as a table", [.table(every)]),
            ])
    }

    private var isValidated: Bool { run.config.dataset.validation != nil }

    private var story: HTML {
        let epochs = result.history.count
        guard epochs > 0 else { return "Nothing was trained: the initial weights were tested." }
        let count = "\(grouped(epochs)) \(epochs == 1 ? "epoch" : "epochs")"
        let images = grouped(run.data.learned.count)
        let reason: HTML = result.stopReason.map { "; it ended early: \($0)" } ?? ""
        let validation: HTML =
            isValidated ? "" : " No images were held back for validation, so the curves say nothing of overfitting."
        let test = grouped(run.data.test.count)
        let judged: HTML =
            run.config.dataset.validation == .test
            ? "The same \(test) test images validated every epoch and judged the end, so they are no independent judge."
            : "Its weights were then tested once on \(test) images that it had not seen."
        return "The model was trained for \(count) on \(images) images\(reason). \(judged)\(validation)"
    }
}

extension Verdict {
    var words: String {
        switch self {
        case .passed: "met"
        case .failed: "not met"
        case .inconclusive: "undecided"
        }
    }

    var tone: PageFact.Tone {
        switch self {
        case .passed: .good
        case .failed: .bad
        case .inconclusive: .open
        }
    }
}

extension [JudgedExpectation] {
    /// What was expected, and whether it came true.
    var table: PageTable {
        let isRepeated = contains { $0.count != nil }
        return PageTable(
            "What the config expects",
            ["metric", "expected", .right(isRepeated ? "mean" : "value")]
                + (isRepeated ? [.right("interval"), .right("n")] : []) + ["verdict"],
            rows: map { judged in
                let ends = judged.interval.map { "\(metric($0.lowerBound)) to \(metric($0.upperBound))" }
                let verdict = judged.met.map { $0 ? Verdict.passed : .failed } ?? .inconclusive
                return [.init(judged.bound.metric.rawValue), .init(judged.limits)]
                    + [.init(judged.value.map(metric) ?? absent)]
                    + (isRepeated ? [.init(ends ?? absent), .init(judged.count.map(grouped) ?? absent)] : [])
                    + [.init(verdict.words, tone: verdict.tone)]
            }, isSortable: false)
    }
}
