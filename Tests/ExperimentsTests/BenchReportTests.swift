import Schema
import Testing

@testable import Experiments

@Suite struct BenchReportTests {
    static func report(
        peak: Double = 500, kernels: [Double] = [400, 50], training: [Double] = [10_000]
    ) -> BenchReport {
        var report = BenchReport(processor: "a processor", threads: 2, lanes: 16, peak: peak)
        report.kernels = kernels.enumerated().map {
            KernelFigure(name: "Conv2D forward", shape: "shape \($0.offset)", gflops: $0.element)
        }
        report.training = training.enumerated().map {
            TrainingFigure(config: "model \($0.offset)", batchSize: 32, imagesPerSecond: $0.element, gflops: 250)
        }
        return report
    }

    @Test func `the document has the keys that scripts rely on`() throws {
        let json = Self.report().json()
        #expect(json["peak_gflops"] == 500.0)
        #expect(json["kernels"]?[0]?["name"] == "Conv2D forward")
        #expect(json["kernels"]?[0]?["shape"] == "shape 0")
        #expect(json["kernels"]?[0]?["gflops"] == 400.0)
        #expect(json["kernels"]?[0]?["percent_of_peak"] == 80.0)
        #expect(json["training"]?[0]?["config"] == "model 0")
        #expect(json["training"]?[0]?["images_per_second"] == 10_000.0)
        #expect(json["training"]?[0]?["percent_of_peak"] == 50.0)
        #expect(json["ratios"] == nil)
    }

    @Test func `a document that was written is read as it was`() throws {
        #expect(try BenchReport(reading: JSON(parsing: Array(Self.report().json().pretty.utf8))) == Self.report())
    }

    @Test func `a ratio is the new rate by the old one of the same thing`() throws {
        let earlier = Self.report(peak: 400, kernels: [100, 100], training: [20_000])
        let now = Self.report(kernels: [400, 25, 7], training: [10_000, 1])
        let comparison = BenchComparison(now, against: earlier)
        #expect(comparison.peak == 1.25)
        #expect(now.kernels.map(comparison.ratio) == [4, 0.25, nil])
        #expect(now.training.map(comparison.ratio) == [0.5, nil])
        #expect(abs(try #require(comparison.kernels) - 1) < 1e-12)
        #expect(abs(try #require(comparison.training) - 0.5) < 1e-12)
        let json = now.json(against: earlier)
        #expect(json["kernels"]?[1]?["ratio"] == 0.25)
        #expect(json["kernels"]?[2]?["ratio"] == .some(nil))
        #expect(json["ratios"]?["peak"] == 1.25)
        let text = now.text(against: earlier, width: 100)
        #expect(text.contains("500.0 GFLOP/s, 1.25 times the earlier one"))
        #expect(text.contains(#/Conv2D forward +shape 0 +400.0 +80.0 % +4.00\n/#))
        #expect(text.contains(#/geometric mean +0.50\n/#))
    }

    @Test func `nothing in common has no ratio`() {
        let comparison = BenchComparison(Self.report(), against: Self.report(kernels: [], training: []))
        #expect(comparison.kernels == nil)
        #expect(comparison.training == nil)
    }

    @Test func `what makes figures hard to compare is named`() {
        let other = BenchReport(processor: "another", threads: 1, lanes: 16, peak: 1)
        #expect(BenchComparison.differences(Self.report(), Self.report(peak: 1)) == [])
        #expect(
            BenchComparison.differences(Self.report(), other)
                == ["processor: a processor now, another then", "threads: 2 now, 1 then"])
    }

    @Test(
        arguments: [
            ("{}", "1:1: this is no document of a bench; mnist-lab bench --json writes one"),
            (#"{"peak_gflops": 9}"#, "missing key \"kernels\""),
            ("[]", "this is no document of a bench"),
            (
                #"{"processor": "x", "threads": 1, "vector_floats": 8, "peak_gflops": 0, "kernels": [], "training": []}"#,
                "peak_gflops: expected a number above 0, found 0"
            ),
            (
                #"{"processor": "x", "threads": 1, "vector_floats": 8, "peak_gflops": 9, "kernels": [{"name": 3}], "training": []}"#,
                "kernels[0].name: expected a string, found 3"
            ),
        ])
    func `what is no document of a bench is refused, with the place`(text: String, message: String) throws {
        let json = try JSON(parsing: Array(text.utf8))
        let problems = #expect(throws: Problems.self) { try BenchReport(reading: json) }
        #expect(problems?.rendered().contains(message) == true, "\(problems?.rendered() ?? "")")
    }
}
