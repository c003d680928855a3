import Datasets
import Foundation
import Testing

/// Where the real sets are, for those who have them: `MNIST_LAB_DATA`, or `../shared/data` beside the package.
private let realData: String? = {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/data").standardizedFileURL.path
    let folders = [ProcessInfo.processInfo.environment["MNIST_LAB_DATA"], beside].compactMap(\.self)
    return folders.first { folder in
        ["mnist", "fashion-mnist"].allSatisfy { DataSearch.files(in: "\(folder)/\($0)").missing.isEmpty }
    }
}()

@Suite(.enabled(if: realData != nil, "set MNIST_LAB_DATA to a folder with mnist and fashion-mnist"))
struct RealDataTests {
    private var library: DataLibrary {
        DataLibrary(search: DataSearch(option: realData, environment: ["HOME": "/nowhere"]), fetch: nil)
    }

    @Test func `MNIST is as everyone knows it`() throws {
        let info = try library.info("mnist")
        #expect(info.isOfficial == true)
        #expect(info.training.images == 60_000)
        #expect(info.test.images == 10_000)
        #expect(info.training.classes == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
        #expect(info.test.classes == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
        #expect(abs(info.training.mean - 0.13066) < 1e-5)
        #expect(abs(info.training.standardDeviation - 0.30811) < 1e-5)
        #expect(info.training.range == [0, 255])
        #expect(info.duplicates == 0)
    }

    @Test func `Fashion-MNIST is as everyone knows it`() throws {
        let info = try library.info("fashion-mnist")
        #expect(info.isOfficial == true)
        #expect(info.training.classes == [Int](repeating: 6000, count: 10))
        #expect(info.test.classes == [Int](repeating: 1000, count: 10))
        #expect(abs(info.training.mean - 0.28604) < 1e-5)
        #expect(abs(info.training.standardDeviation - 0.35302) < 1e-5)
        #expect(info.classNames[9] == "Ankle boot")
    }

    @Test func `sixty thousand images are loaded in well under a second`() throws {
        let files = DataSearch.files(in: "\(realData!)/mnist").found
        let duration = try ContinuousClock().measure {
            _ = try DataParts(name: "mnist", files: files, origin: "")
        }
        // Twenty times faster when nothing else runs; this holds on a busy machine too.
        #expect(duration < .seconds(10))
    }
}
