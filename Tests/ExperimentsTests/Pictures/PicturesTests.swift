import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct PicturesTests {
    private func pictures(
        _ directories: [String], _ style: CurveStyle = CurveStyle(), subject: RunPictures.Subject = .figures
    ) -> RunPictures {
        RunPictures(directories, style: style, subject: subject)
    }

    private static let confusion = "true,0,1\n0,90,10\n1,0,100\n"

    /// What the reader says, each without the folder that runs lie in.
    private func messages(_ pictures: RunPictures, _ runs: SampleRuns) -> [String] {
        pictures.errors.map { error in
            ((error as? Problems)?.rendered() ?? "\(error)").replacingOccurrences(of: runs.path + "/", with: "")
        }
    }

    @Test func `one run gives its curves and its confusion matrix`() throws {
        let runs = try SampleRuns()
        let run = try runs.add("a")
        try runs.write(Self.confusion, "a", .confusion)
        let found = pictures([run])
        #expect(found.pictures.map(\.name) == ["curves", "confusion"])
        #expect(found.errors.isEmpty)
        let svg = found.pictures[0].plot.svg
        for text in [
            ">sample<", "3 epochs, 34,826 parameters, test accuracy 0.9700 ± 0.0017", "training", "validation",
        ] {
            #expect(svg.contains(text), "\(text)")
        }
        #expect(found.pictures[1].plot.svg.contains("200 test images, 95.00 % classified correctly"))
        #expect(found.pictures[0].original == nil)
        try runs.write("", "a", .curvesPicture)
        #expect(pictures([run]).pictures[0].original == "\(run)/curves.svg")
        #expect(pictures([run], CurveStyle(isLogarithmic: true)).pictures[0].original == nil)
    }

    @Test func `several runs share a chart of what tells most`() throws {
        let runs = try SampleRuns()
        let found = pictures([try runs.add("a"), try runs.add("b<c>")])
        #expect(found.pictures.map(\.name) == ["comparison"])
        #expect(found.pictures[0].plot.panels.map(\.title) == ["validation loss", "validation accuracy"])
        let svg = found.pictures[0].plot.svg
        #expect(svg.contains(">a<") && svg.contains(">b&lt;c&gt;<"))
    }

    @Test func `of several runs those without validation images are named`() throws {
        let runs = try SampleRuns()
        let found = pictures([try runs.add("a"), try runs.add("b")])
        #expect(found.pictures[0].plot.notes.isEmpty)
        try runs.write("epoch,accuracy,learning_rate,loss\n0,0.1,0.1,2\n", "b", .curves)
        let notes = pictures(["\(runs.path)/a", "\(runs.path)/b"]).pictures[0].plot.notes
        #expect(notes == ["Without validation images, and so without curves: b."])
    }

    @Test(arguments: [
        (Metric.loss, "loss"), (.validationAccuracy, "validation accuracy"),
        (.testAccuracy, "test accuracy, ± one standard error"), (.bestValidationLoss, "best validation loss"),
    ])
    func `a metric chooses the chart`(metric: Metric, title: String) throws {
        let runs = try SampleRuns()
        let found = pictures([try runs.add("a"), try runs.add("b")], CurveStyle(metric: metric, isLogarithmic: true))
        #expect(found.pictures.map(\.plot.panels.count) == [1])
        #expect(found.pictures[0].plot.panels[0].title == title)
    }

    @Test func `smoothed curves leave what was measured visible`() throws {
        let runs = try SampleRuns()
        let plot = pictures([try runs.add("a")], CurveStyle(smoothing: 0.9)).pictures[0].plot
        let series = try #require(plot.panels[0] as? Chart).series
        #expect(series.map(\.name) == ["", "training", "", "validation"])
        #expect(series[0].y == [0.5, 0.4, 0.3] && series[1].y == smoothed([0.5, 0.4, 0.3], weight: 0.9))
        #expect(plot.notes == ["Smoothed with weight 0.9; pale lines, where drawn, are as measured."])
    }

    @Test func `unfinished, diverged and unvalidated runs have honest pictures, or a sentence that says why not`()
        throws
    {
        let runs = try SampleRuns()
        let run = try runs.add("a")
        try runs.remove("a", .result)
        try runs.write("epoch,accuracy,learning_rate,loss\n0,0.1,0.1,nan\n", "a", .curves)
        let plot = pictures([run]).pictures[0].plot
        #expect(plot.svg.contains("1 of 3 epochs"))
        #expect(plot.svg.contains("loss: 1 value is not finite and left out."))
        #expect(!plot.svg.contains("validation"))
        #expect(
            messages(pictures([run], CurveStyle(metric: .validationLoss)), runs)
                == ["a: there is no val_loss to draw; choose one that needs no validation images"])
        #expect(
            messages(pictures([run], subject: .confusion), runs)
                == ["a: this run is not finished, so it has no confusion matrix; continue it with train --resume"])
        try runs.remove("a", .curves)
        #expect(
            messages(pictures([run]), runs)
                == ["a: no epoch of this run has ended yet, so there is nothing to draw; wait for the first"])
        #expect(messages(pictures(["\(runs.path)/none"]), runs) == ["none: there is no such directory; check its name"])
    }

    @Test(arguments: ["true,0,1\n0,90,10\n", "true,0,1\n0,90,x\n1,2,3\n", "true,0\n0,-1\n", ""])
    func `a damaged confusion matrix is a problem and no picture`(text: String) throws {
        let runs = try SampleRuns()
        let run = try runs.add("a")
        try runs.write(text, "a", .confusion)
        let found = pictures([run])
        #expect(found.pictures.map(\.name) == ["curves"])
        #expect(found.errors.count == 1)
    }
}
