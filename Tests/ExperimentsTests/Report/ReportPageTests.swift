import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct ReportPageTests {
    @Test func `a report's figures stand beside ours, as a table and in a chart`() throws {
        let reports = try ReportResultsTests.reports()
        let plan = try reports.plan(rows: ReportResultsTests.rows, claims: ReportResultsTests.claims)
        let page = reports.results(plan).page(command: "mnist-lab report r.jsonc")
        #expect(page.title == "T" && page.sections.map(\.id) == ["overview", "study-1", "reading"])
        #expect(page.facts.map(\.value) == ["7", "3", "2", "1"])
        let html = page.html
        #expect(html.contains("How far our accuracies of S lie from the reported ones"))
        #expect(html.contains("What the report concludes") && html.contains("Who knows."))
        #expect(html.contains("<code>mnist-lab report r.jsonc</code>"))
        #expect(!html.contains("**"))
        #expect(html == reports.results(plan).page(command: "mnist-lab report r.jsonc").html)
    }

    @Test func `a page says of which epoch its figures are`() throws {
        let reports = try ReportResultsTests.reports()
        for (at, isSaid) in [("kept", true), ("last", false)] {
            let html = reports.results(try reports.plan(rows: ReportResultsTests.rows, at: at)).page(command: "c").html
            #expect(html.contains("the epoch whose weights were kept") == isSaid)
        }
    }

    @Test func `pictures of the file are parts of the page, or leave their captions`() throws {
        let reports = try SampleReports()
        let plan = try reports.plan(
            """
            { "title": "T", "studies": [{ "name": "S", "tolerance": 0.004, "rows": [
            \(ReportResultsTests.rows)
            ], "pictures": [
              { "file": "a.svg", "caption": "one <b>" }, { "file": "none.svg", "caption": "two" }
            ] }] }
            """)
        try "<svg/>".write(toFile: "\(reports.folder)/a.svg", atomically: false, encoding: .utf8)
        let results = reports.results(plan)
        let html = results.page(command: "c").html
        let image = "alt=\"one &lt;b&gt;\"><figcaption>one &lt;b&gt;</figcaption>"
        #expect(html.contains("<img src=\"data:image/svg+xml;base64,PHN2Zy8+\" \(image)"))
        #expect(html.contains("<p>two (none.svg cannot be read)</p>"))
        #expect(html == results.page(command: "c", in: "/nowhere").html)
        // One beside the page comes first.
        try "<svg />".write(toFile: "\(reports.runs.path)/a.svg", atomically: false, encoding: .utf8)
        #expect(results.page(command: "c", in: reports.runs.path).html.contains("base64,PHN2ZyAvPg==\""))
    }

    @Test func `a report without runs is a page all the same`() throws {
        let reports = try SampleReports()
        let page = reports.results(try reports.plan(rows: ReportResultsTests.rows)).page(command: "x")
        #expect(page.facts.first?.value == "0" && page.html.contains("not run"))
        #expect(!page.html.contains("<svg"))
    }
}
