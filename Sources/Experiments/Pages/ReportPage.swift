import Reporting
import Schema

extension ReportResults {
    /// One page: every report with its figures beside ours; `command` is what made it, and `place` where it will lie, for the
    /// pictures that the file names.
    package func page(command: String, in place: String? = nil) -> Page {
        let folders = [place, folder].compactMap(\.self)
        let (judged, claims) = (studies.flatMap(\.judged), studies.flatMap(\.decided))
        let reading = PageSection(
            "reading", "How to read it",
            [
                .paragraph(HTML(markdown: Self.origin(nil))),
                .preformatted(command, name: "Command"), .list(readingLines.map(HTML.init(markdown:))),
            ] + machineBlocks)
        let overview = PageSection(
            "overview", "Overview", [.table(PageTable("How far each report came out", overview))])
        return Page(
            kind: "Report", title: file.title, lead: file.description,
            facts: [
                PageFact("Runs", grouped(lines.reduce(0) { $0 + $1.runs.count })),
                PageFact("Rows run", grouped(lines.count { !$0.runs.isEmpty }), note: "of \(grouped(count))"),
                PageFact(
                    "Figures that agree", grouped(judged.agreeing),
                    note: "of \(grouped(judged.count)) judged; \(grouped(judged.count { $0 == .better })) are better"),
                PageFact(
                    "Claims that hold", grouped(claims.count { $0.verdict == .holds }),
                    note: "of \(grouped(claims.count)) decided on"),
            ],
            sections: [overview] + studies.enumerated().map { $1.section("study-\($0 + 1)", folders) } + [reading])
    }

    private var readingLines: [String] {
        Self.reading(file).split(separator: "\n").map { String($0.drop { "- ".contains($0) }) }
    }

    private var machineBlocks: [PageBlock] {
        let lines = machines.split(separator: "\n").map { HTML(String($0.drop { "- ".contains($0) })) }
        if lines.count > 1 { return [.paragraph(lines[0]), .list(Array(lines.dropFirst()))] }
        return lines.map { .paragraph($0) }
    }
}

extension ReportResults.Study {
    /// `folders` are where pictures are looked for.
    fileprivate func section(_ id: String, _ folders: [String]) -> PageSection {
        var blocks: [PageBlock] = introduction.isEmpty ? [] : [.paragraph(HTML(markdown: introduction))]
        if let picture {
            blocks.append(.figure(PageFigure(picture.untitled, alt: pictureText)))
        }
        if !verdict.isEmpty { blocks.append(.paragraph(HTML(markdown: verdict))) }
        blocks += said.pictures.map { $0.block(folders) }
        if !comparisons.rows.isEmpty {
            blocks += [.heading("Beside the report"), .table(PageTable(toleranceText, comparisons, isSortable: false))]
        }
        if !remarks.isEmpty { blocks.append(.list(remarks.map { HTML(markdown: String($0.dropFirst(2))) })) }
        if !claims.isEmpty {
            blocks += [
                .heading("Claims"), .table(PageTable("What the report concludes", conclusions, isSortable: false)),
            ]
        }
        blocks += [.heading("What came of it"), .table(PageTable("Ours alone", outcomes, isSortable: false))]
        return PageSection(id, said.name, blocks)
    }

    private var toleranceText: String {
        "Reported figures and ours; accuracies agree within \(reportNumber(said.tolerance, of: .accuracy))"
    }
}

extension ReportedPicture {
    /// The picture itself, or its caption alone where there is none that can be read.
    fileprivate func block(_ folders: [String]) -> PageBlock {
        let paths = file.hasPrefix("/") ? [file] : folders.map { join($0, file) }
        for path in paths {
            if let svg = try? readFile(path, atMost: Self.mostBytes), svg.count <= Self.mostBytes {
                return .picture(PagePicture(svg: svg, alt: caption, caption: HTML(caption)))
            }
        }
        return .paragraph("\(caption) (\(file) cannot be read)")
    }

    /// A page should not become larger than a browser likes.
    private static let mostBytes = 8 << 20
}
