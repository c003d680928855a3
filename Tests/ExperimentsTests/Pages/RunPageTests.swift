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
        let text = try #require(try run.text(of: .page))
        #expect(try text == other.text(of: .page))
        for part in ["outcome", "curves", "classes", "mistakes", "filters", "model", "training", "repeat"] {
            #expect(text.contains("<section id=\"\(part)\">"), "\(part)")
        }
        let config = try #require(try run.text(of: .config))
        #expect(text.contains(HTML(lines: config).text))
        #expect(!text.contains(folders.0.path))
    }
}
