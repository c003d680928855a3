import Datasets
import Foundation
import Schema
import Testing

@Suite struct DescribingTests {
    /// Three test images, one of which is also in the training part.
    private static let parts = DataParts(
        name: "own",
        training: Dataset(
            height: 1, width: 2, classNames: ["Coat", "Bag"], pixels: [0, 255, 0, 51, 102, 153], labels: [0, 1, 1]),
        test: Dataset(
            height: 1, width: 2, classNames: ["Coat", "Bag"], pixels: [0, 51, 1, 1, 2, 2], labels: [1, 1, 0]),
        origin: "/own")

    @Test func `info counts classes, pixels and duplicates`() {
        let info = DataInfo(Self.parts)
        #expect(info.training.classes == [1, 2])
        #expect(abs(info.training.mean - 0.3666667) < 1e-6)
        #expect(abs(info.training.standardDeviation - 0.3543382) < 1e-6)
        #expect(info.test.range == [0, 51])
        #expect(info.duplicates == 1)
        #expect(info.isOfficial == nil)
        let training: JSON = [
            "images": 3, "classes": [1, 2], "mean": JSON(info.training.mean),
            "standard_deviation": JSON(info.training.standardDeviation), "range": [0, 255],
        ]
        #expect(info.json["training"] == training)
        #expect(info.json["official"] == JSON(.null))
    }

    @Test func `verify tells each file's checksum`() throws {
        let own = DataVerdict(Self.parts)
        #expect(own.isOfficial == nil)
        let changed = DataParts(
            name: "mnist", training: Self.parts.training, test: Self.parts.test, origin: "/changed")
        let verdict = DataVerdict(changed)
        #expect(verdict.isOfficial == false)
        #expect(verdict.files.map(\.isOfficial) == [false, false, false, false])
        #expect(verdict.json["official"] == false)
    }

    @Test func `list tells what is here and where`() throws {
        let root = try TemporaryFolder()
        for file in DataFile.allCases { try root.write([], to: "mnist/\(file.rawValue)") }
        var search = DataSearch(option: root.path, projectFolder: root.path, environment: ["HOME": root.path])
        search.systemFolder = root.path
        let list = DataLibrary(search: search, fetch: nil).list()
        #expect(list.sets.map(\.isPresent) == [true, false, true])
        #expect(list.sets.map(\.path) == ["\(root.path)/mnist", nil, nil])
        #expect(list.json["sets"]?[1]?["present"] == false)
    }

    @Test func `a made set is written as files that are read back`() throws {
        let folder = try TemporaryFolder()
        let parts = SyntheticDigits.make(training: 20, test: 10)
        try parts.write(to: folder.path + "/own") { try Data($0).write(to: URL(fileURLWithPath: $1)) }
        let back = try DataLibrary(fetch: nil).load(folder: folder.path + "/own")
        #expect(back.fingerprints == parts.fingerprints)
    }

    @Test func `fetching without leave says where was searched`() {
        let library = DataLibrary(search: DataSearch(environment: ["HOME": "/nowhere"]), fetch: nil)
        #expect(throws: DataMissing.self) { try library.fetch("mnist") { _, _ in } }
        #expect(throws: DataMissing.self) { try library.fetch("mnits") { _, _ in } }
    }
}
