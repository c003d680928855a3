import Foundation
import Testing

@testable import Exchange

@Suite struct HDF5WritingTests {
    /// Something of everything that can be written.
    static let sample: HDF5Group = {
        var variables = HDF5Group()
        variables.attributes = [("name", .text("dense")), ("numbers", .integers([1, -2])), ("rates", .floats([0.1]))]
        variables.datasets = [
            ("0", HDF5Dataset(shape: [2, 3], values: [1, -2, 0.5, .infinity, 0x1p-149, 3])),
            ("1", HDF5Dataset(shape: [], values: [9])), ("2", HDF5Dataset(shape: [0, 4], values: [])),
        ]
        var file = HDF5Group()
        file.attributes = [("layer_names", .texts(["dense", "", "größe"])), ("empty", .text(""))]
        file.groups = [("empty", HDF5Group()), ("layers", HDF5Group())]
        file.groups[1].group.groups = [("dense", variables)]
        return file
    }()

    /// All that is in a group, a line each.
    static func listing(_ group: HDF5Group, _ path: String = "") -> [String] {
        group.attributes.map { "\(path)@\($0.name) \($0.value)" }
            + group.datasets.flatMap { name, dataset in
                ["\(path)\(name) \(dataset.shape) \(dataset.values)"]
                    + dataset.attributes.map { "\(path)\(name)@\($0.name) \($0.value)" }
            } + group.groups.flatMap { ["\(path)\($0.name)/"] + listing($0.group, "\(path)\($0.name)/") }
    }

    @Test func `what was written reads the same again`() throws {
        let bytes = try Self.sample.bytes
        let read = try HDF5Group(parsing: bytes)
        #expect(Self.listing(read) == Self.listing(Self.sample))
        #expect(try read.bytes == bytes)
    }

    @Test(arguments: ["written.h5", "rewritten.weights.h5"])
    func `files are written as h5py and Keras were seen to read them`(name: String) throws {
        let isSample = name == "written.h5"
        let group = isSample ? Self.sample : try HDF5Group(parsing: HDF5ReadingTests.fixture("keras.weights.h5"))
        let bytes = try group.bytes
        // Tests/Peers/check_hdf5.py is who looks at them.
        if ProcessInfo.processInfo.environment["UPDATE_FIXTURES"] != nil {
            try Data(bytes).write(to: HDF5ReadingTests.place(of: name))
        }
        #expect(try bytes == HDF5ReadingTests.fixture(name))
    }

    @Test(arguments: ["earliest.h5", "latest.h5", "keras.weights.h5", "legacy.h5"])
    func `a file of others says the same when it is written anew`(name: String) throws {
        let read = try HDF5Group(parsing: HDF5ReadingTests.fixture(name))
        let again = try HDF5Group(parsing: read.bytes)
        #expect(Self.listing(again) == Self.listing(read).filter { !$0.hasSuffix(" unreadable") })
    }

    @Test func `more strings than one heap can number go into several`() throws {
        var file = HDF5Group()
        for group in 0..<22 {
            file.attributes.append(("\(group)", .texts((0..<3000).map { "\(group) \($0)" })))
        }
        let read = try HDF5Group(parsing: file.bytes)
        #expect(read.attributes.elementsEqual(file.attributes) { $0 == $1 })
    }

    @Test func `texts that look alike but have other bytes stay apart`() throws {
        var file = HDF5Group()
        file.attributes = [("names", .texts(["\u{E9}", "e\u{301}"]))]
        let read = try HDF5Group(parsing: file.bytes)
        guard case .texts(let names) = read.attribute("names") else {
            Issue.record("the names are no texts")
            return
        }
        #expect(names.map { Array($0.utf8) } == [[0xC3, 0xA9], [0x65, 0xCC, 0x81]])
    }

    @Test func `an attribute that no header has room for is refused`() {
        var file = HDF5Group()
        file.groups = [("a", HDF5Group())]
        file.groups[0].group.attributes = [("names", .texts([String](repeating: "x", count: 4096)))]
        #expect(throws: HDF5Error.unwritable("a", "a name or an attribute has more than 64 KiB")) { try file.bytes }
    }

    @Test(arguments: [
        ("", 0xDEAD_BEEF), ("Four score and seven years ago", 0x1777_0551), ("twelve bytes", 0x597B_94CE),
    ])
    func `checksums are those of lookup3's author`(text: String, checksum: UInt32) {
        #expect(Lookup3.checksum(of: Array(text.utf8)[...]) == checksum)
    }
}
