import Datasets
import Foundation
import Testing

@Suite struct DataPartsTests {
    private let folder: TemporaryFolder
    private var files: [DataFile: [UInt8]]

    init() throws {
        folder = try TemporaryFolder()
        files = [
            .trainingImages: Self.file([3, 2, 2], Array(0..<12)), .trainingLabels: Self.file([3], [0, 1, 2]),
            .testImages: Self.file([2, 2, 2], Array(0..<8)), .testLabels: Self.file([2], [2, 0]),
        ]
    }

    private static func file(_ dimensions: [Int], _ elements: [UInt8]) -> [UInt8] {
        let array = IDXArray(dimensions: dimensions, elements: elements)
        return array.header + array.elements
    }

    private func load(_ changes: [DataFile: [UInt8]] = [:], classNames: [String]? = nil) throws -> DataParts {
        var paths: [DataFile: String] = [:]
        for (file, bytes) in files.merging(changes, uniquingKeysWith: { $1 }) {
            paths[file] = try folder.write(bytes, to: file.rawValue)
        }
        return try DataParts(name: "own", files: paths, classNames: classNames, origin: folder.path)
    }

    @Test func `checksums are computed once somebody wants them, and are the same however often`() throws {
        let parts = try load()
        let unasked = Fingerprints(of: parts)
        usleep(20_000)
        #expect(!unasked.areKnown)
        let asked = Fingerprints(of: parts)
        asked.begin()
        asked.begin()
        let patience = ContinuousClock.now + .seconds(20)
        while !asked.areKnown, ContinuousClock.now < patience { usleep(1000) }
        #expect(asked.areKnown)
        #expect(asked.values == parts.fingerprints && asked.values.count == 4)
        #expect(unasked.values == parts.fingerprints && unasked.areKnown)
    }

    @Test func `four files make two parts`() throws {
        let parts = try load()
        #expect(parts.training.count == 3)
        #expect(parts.test.count == 2)
        #expect(parts.training.classNames == ["0", "1", "2"])
        #expect(Array(parts.test.image(1)) == [4, 5, 6, 7])
        #expect(parts.training.classCounts == [1, 1, 1])
        #expect(parts.test.classCounts == [1, 0, 1])
        #expect(parts.training.limited(to: 2).pixels == Array(0..<8))
        #expect(parts.training.limited(to: nil) == parts.training)
        #expect(parts.training.limited(to: 5) == parts.training)
    }

    @Test func `images may have channels`() throws {
        let parts = try load([
            .trainingImages: Self.file([3, 1, 2, 3], Array(0..<18)),
            .testImages: Self.file([2, 1, 2, 3], Array(0..<12)),
        ])
        #expect(parts.training.channels == 3)
        #expect(parts.training.arrays.images.dimensions == [3, 1, 2, 3])
    }

    @Test(arguments: [
        (DataFile.trainingLabels, [2], [0, 1] as [UInt8], "byte 4: 2 labels for 3 images; images and labels must"),
        (.testLabels, [2], [0, 3], "byte 9: label 3, but there are 3 classes (0 to 2); put back the original"),
        (.testImages, [2, 1, 2], [0, 1, 2, 3], "byte 8: images of 1 × 2, but 2 × 2 in the training part; both"),
        (.testImages, [2, 4], Array(0..<8), "byte 3: 2 dimensions, expected 3 (images, rows, columns); is it"),
        (.testLabels, [2, 1], [0, 1], "byte 3: 2 dimensions, expected 1 (labels); is it another part's file?"),
        (.trainingImages, [0, 2, 2], [], "byte 4: holds no images; put back or fetch the original file"),
        (.trainingImages, [3, 0, 2], [], "byte 4: holds no images; put back or fetch the original file"),
    ])
    func `files that do not fit are told by name and byte`(
        file: DataFile, dimensions: [Int], elements: [UInt8], expected: String
    ) throws {
        let error = #expect(throws: DataFileError.self) { try load([file: Self.file(dimensions, elements)]) }
        #expect("\(error!)".hasPrefix("\(folder.path)/\(file.rawValue): \(expected)"))
        #expect(!"\(error!)".contains("\n"))
    }

    @Test func `what cannot be read is told`() throws {
        let cases = [
            ("/nowhere/file", "No such file or directory; check the path"), (folder.path, "not a regular file"),
            ("/dev/zero", "not a regular file"),
        ]
        for (path, expected) in cases {
            let files = [DataFile.trainingImages: path]
            let error = #expect(throws: DataFileError.self) { try DataParts(name: "own", files: files, origin: "") }
            #expect("\(error!)".hasPrefix("\(path): \(expected)"))
        }
        let broken = [UInt8]([0, 0, 8, 3, 0])
        let error = #expect(throws: DataFileError.self) { try load([.testImages: broken]) }
        #expect("\(error!)".hasSuffix("byte 5: the file ends within its header; put back or fetch the original file"))
    }
}
