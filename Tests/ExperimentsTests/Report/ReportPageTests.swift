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

    @Test func `a report without runs is a page all the same`() throws {
        let reports = try SampleReports()
        let page = reports.results(try reports.plan(rows: ReportResultsTests.rows)).page(command: "x")
        #expect(page.facts.first?.value == "0" && page.html.contains("not run"))
        #expect(!page.html.contains("<svg"))
    }
}
