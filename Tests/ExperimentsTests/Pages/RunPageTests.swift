import Datasets
import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments
@testable import Reporting

@Suite struct RunPageTests {
    @Test func `the script's hash in every page is the script's`() throws {
        let digest = SHA256.hex(of: Array(PageScript.source.utf8))
        let bytes = stride(from: 0, to: digest.count, by: 2).map { offset in
            let start = digest.index(digest.startIndex, offsetBy: offset)
            return UInt8(digest[start..<digest.index(start, offsetBy: 2)], radix: 16) ?? 0
        }
        #expect(PageScript.hash == "sha256-\(Data(bytes).base64EncodedString())")
    }

    @Test func `a finished run's page is the same bytes, whatever the threads, interruptions and folder`() throws {
        let folders = try (TemporaryFolder(), TemporaryFolder())
        let run = try SteppedRun.finish(in: folders.0.path, threads: 1, pausingAfter: [])
        let other = try SteppedRun.finish(in: folders.1.path, threads: 2, pausingAfter: [15])
        let text = try #require(run.text(of: .page))
        #expect(text == other.text(of: .page))
        for part in ["outcome", "curves", "classes", "mistakes", "filters", "model", "training", "repeat"] {
            #expect(text.contains("<section id=\"\(part)\">"), "\(part)")
        }
        let config = try #require(run.text(of: .config))
        #expect(text.contains(HTML(lines: config).text))
        #expect(!text.contains(folders.0.path))
    }

    @Test func `pairs of classes that were confused come in the order of their counts`() {
        let labels: [UInt8] = [0, 0, 0, 1, 1, 2, 2, 2]
        let report = ClassReport(
            labels: labels, predictions: [0, 1, 2, 0, 0, 1, 1, 2], names: ["a", "b", "c"], classes: 3)
        let pairs = report.confusedPairs
        #expect(pairs.map(\.truth) == [1, 2, 0, 0] && pairs.map(\.prediction) == [0, 1, 1, 2])
        #expect(pairs.map(\.count) == [2, 2, 1, 1])
        let perfect = ClassReport(labels: labels, predictions: labels.map(Int.init), names: [], classes: 3)
        #expect(perfect.confusedPairs.isEmpty)
        let many = ClassReport(
            labels: (0..<100).map { UInt8($0) }, predictions: (0..<100).map { 99 - $0 }, names: [], classes: 100)
        #expect(many.confusedPairs.count == 10)
    }
}
