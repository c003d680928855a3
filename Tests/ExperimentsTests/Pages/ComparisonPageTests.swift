import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct ComparisonPageTests {
    @Test func `runs stand side by side with their curves, and sweeps with their groups`() throws {
        let runs = try SampleRuns()
        let first = try runs.add("a", [(["training", "batch_size"], 64)], test: 0.97)
        let second = try runs.add("b", test: 0.98)
        let values = [[JSON.Member("training.batch_size", 64)], [JSON.Member("training.batch_size", 128)]]
        let sweep = try runs.addSweep(
            "c",
            [(values[0], 0, 0.95), (values[0], 1, 0.96), (values[1], 0, 0.97), (values[1], 1, 0.975)])
        let reader = RunReader([first, second, sweep])
        let page = Comparison(reader.runs, sweeps: reader.sweeps).page()
        #expect(page.title == "6 runs, 1 sweep")
        #expect(page.sections.map(\.id) == ["runs", "curves", "groups", "differences"])
        #expect(page.html.contains("data-rank=\"0.98\""))
        let groups = Comparison(reader.runs, sweeps: reader.sweeps).page(withRuns: false)
        #expect(groups.sections.map(\.id) == ["groups", "differences"])
    }

    @Test func `a run without an epoch has a row and no curve`() throws {
        let runs = try SampleRuns()
        let run = try runs.add("a")
        try runs.write("epoch,accuracy,learning_rate,loss\n", "a", .curves)
        let page = Comparison(RunReader([run]).runs).page()
        #expect(page.sections.map(\.id) == ["runs"])
        #expect(Comparison([]).page().sections.isEmpty)
    }

    @Test func `names cannot break a page`() throws {
        let runs = try SampleRuns()
        let run = try runs.add("a<script>alert(1)<&\u{202E}")
        let html = Comparison(RunReader([run]).runs).page().html
        #expect(html.matches(of: #/<script/#).count == 1 && !html.contains("\u{202E}"))
    }
}
