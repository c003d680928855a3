import Reporting
import Schema

extension ReportResults {
    /// The whole page; `command` is what made it, `pictures` and `figures` are where its studies' pictures and the figures of
    /// every run lie, seen from the page.
    package func markdown(command: String, pictures: String? = nil, figures: String? = nil) -> String {
        let head = [
            "<!-- Written by: \(command.replacing("-->", with: "→")) -->", "# \(file.title)", file.description,
            overview.markdown,
        ]
        let parts = studies.enumerated().flatMap { index, study in
            study.markdown(picture: pictures.map { "\($0)/\(Self.pictureName(index)).svg" })
        }
        let reading = [
            "## How to read it",
            Self.origin(figures.map { "[\($0.split(separator: "/").last ?? "file")](\(markdownTarget($0)))" }),
            "```sh\n\(command)\n```", Self.reading(file), machines,
        ]
        return (head + parts + reading).map { $0.trimmed }.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// Where figures come from, before the command that collected them; `link` leads to those of every run.
    static func origin(_ link: String?) -> String {
        let kept = link.map { ", and \($0) keeps those of each" } ?? ""
        return "Every figure of ours is read from run directories, none is typed by hand\(kept):"
    }

    /// How the tables are to be read.
    static func reading(_ file: ReportFile) -> String {
        let tolerances = Set(file.studies.map(\.tolerance)).sorted().map {
            "\(reportNumber($0, of: .accuracy)) (\(fixed($0 * 100, digits: 1)) points)"
        }
        return """
            - Ours are means over the runs of all seeds or folds, ± half of the 95 % interval by Student's t. \
            \(singleSeedMark) marks a single run, which has no interval.
            - An accuracy agrees where the reported one lies within a tolerance of our mean, and is better beyond it. The tolerance \
            is \(tolerances.joined(separator: " or ")), as each part says. Numbers of parameters have to be the same, bounds \
            to be kept; losses and numbers of epochs are shown and not judged. Of a range of reported figures the nearest \
            counts.
            - A claim says how the first mean lies to the second. It holds where the whole 95 % interval of their difference \
            lies on that side of zero, or, of means that are said to be equal, within the margin that is named; it does not \
            hold where the whole interval lies elsewhere; and where the interval leaves it open, or a single seed has none, it \
            cannot be told. Behind that stands how many runs the side with fewer would need, if the other grows as much, and means and deviations stay what they are. \
            The test is Student's of pairs where both have the same seeds (of several networks of one seed, their mean), \
            otherwise Welch's. Of twenty \
            claims one may come out wrong by chance.
            - Differences are ours less the reported figure, those of accuracies in points of a hundred.
            - The time of a run is that of its epochs if each took as long as the median one, because runs may have been \
            paused. On machines that do several things at once it is no measurement.
            """
    }

    var machines: String {
        let all = lines.flatMap(\.runs).map(\.circumstances)
        var seen: Set<RunCircumstances.Machine> = []
        let machines = all.compactMap(\.machine).filter { seen.insert($0).inserted }
        guard !machines.isEmpty else { return "" }
        let texts = machines.map { machine in
            let threads = Set(all.filter { $0.machine == machine }.compactMap(\.threads)).sorted().map(String.init)
            let cores = machine.cores.map { ", \($0) \($0 == 1 ? "core" : "cores")" } ?? ""
            let counts = threads.isEmpty ? "" : "; threads of a run: \(threads.joined(separator: ", "))"
            return "\(machine.cpu)\(cores); mnist-lab \(machine.version)\(counts)"
        }
        guard texts.count > 1 else { return "Machine: \(texts[0])." }
        return "Machines:\n\n" + texts.map { "- \($0)" }.joined(separator: "\n")
    }

    /// How far each report came out.
    var overview: TextTable {
        TextTable(
            [
                "study", .right("runs"), .right("rows"), .right("judged"), .right("agree"), .right("better"),
                .right("claims"), .right("hold"),
            ],
            rows: studies.map { study in
                let (judged, claims) = (study.judged, study.decided)
                let all = study.lines.reduce(0) { $0 + $1.combinations }
                let done = study.lines.count { !$0.runs.isEmpty }
                return [
                    study.said.name, "\(study.lines.reduce(0) { $0 + $1.runs.count })",
                    "\(done) of \(all)", "\(judged.count)", "\(judged.agreeing)", "\(judged.count { $0 == .better })",
                    "\(claims.count) of \(study.claims.count)",
                    "\(claims.count { $0.verdict == .holds })",
                ]
            })
    }
}

extension ReportResults.Study {
    /// The part of one report, block by block: what can be seen at a glance, then what it rests on.
    fileprivate func markdown(picture file: String?) -> [String] {
        var blocks = ["## \(said.name)", introduction]
        if let file, picture != nil { blocks.append("![\(pictureText)](\(markdownTarget(file)))") }
        blocks += [verdict] + said.pictures.map { "![\($0.caption)](\(markdownTarget($0.file)))\n\n*\($0.caption)*" }
        if comparisons.rows.count > 0 { blocks += ["### Beside the report", comparisons.markdown] }
        blocks.append(remarks.joined(separator: "\n"))
        if !claims.isEmpty { blocks += ["### Claims", conclusions.markdown] }
        return blocks + ["### What came of it", outcomes.markdown]
    }

    /// What the study is about, and of which epoch its figures are.
    var introduction: String {
        let at =
            said.at == .kept ? "Training and validation figures are those of the epoch whose weights were kept." : ""
        return [said.description, at].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The paragraphs of rows that have something to say, each once.
    var remarks: [String] {
        var seen: Set<String> = []
        return lines.compactMap { line in
            let texts = [line.said.notRun.map { "not run: \($0)" }, line.said.why].compactMap(\.self)
            let text = "- **\(line.remarkTitle)** – \(texts.joined(separator: " "))"
            return texts.isEmpty || !seen.insert(text).inserted ? nil : text
        }
    }
}

extension ReportLine {
    /// What a row is called where it stands for all of its lines.
    fileprivate var remarkTitle: String {
        let own = said.label ?? words(values, said.settings.paths)
        return own.isEmpty ? said.config : "\(said.config), \(own)"
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.last?.isWhitespace == true { rest.removeLast() }
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        return String(rest)
    }
}

/// A path as the target of a link: what would end it, or be read as an escape, is escaped.
private func markdownTarget(_ path: String) -> String {
    let bytes = path.utf8.flatMap { byte -> [UInt8] in
        let isSpecial = byte <= 0x20 || byte == 0x7F || "()<>%\\\"`#?".utf8.contains(byte)
        let digits = String(byte, radix: 16, uppercase: true)
        return isSpecial ? Array("%\(byte < 16 ? "0" : "")\(digits)".utf8) : [byte]
    }
    return String(decoding: bytes, as: UTF8.self)
}
