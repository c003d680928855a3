import Foundation
import Testing

@testable import Exchange

/// Files that h5py and Keras wrote (Tests/Peers/fixtures/hdf5.py), in the format's oldest and its newest form.
@Suite struct HDF5ReadingTests {
    static func place(of fixture: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/hdf5/\(fixture)")
    }

    static func fixture(_ name: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: place(of: name))) }

    static let forms = ["earliest.h5", "latest.h5"]

    @Test(arguments: forms, ["<f2", "<f4", "<f8", ">f2", ">f4", ">f8", "brain"])
    func `floats of every size and order are read`(form: String, kind: String) throws {
        let dataset = try #require(HDF5Group(parsing: Self.fixture(form)).dataset(at: "floats/\(kind)"))
        let rounded: [String: [Float]] = [
            "<f2": [65504, 0, 0.001_000_404_4], ">f2": [65504, 0, 0.001_000_404_4],
            "brain": [65536, 0, 0.000_999_450_7],
        ]
        #expect(dataset.shape == [2, 3])
        #expect(dataset.values == [1, -2.5, 0.25] + (rounded[kind] ?? [65504, 0, 0.001]))
    }

    @Test(arguments: forms, ["i1", "i2", "i4", "i8"])
    func `integers become floats`(form: String, kind: String) throws {
        let file = try HDF5Group(parsing: Self.fixture(form))
        for order in kind == "i8" ? ["<", ">"] : ["<"] {
            #expect(file.dataset(at: "signed/\(order)\(kind)")?.values == [-2, 0, 100])
            #expect(file.dataset(at: "unsigned/\(order)u\(kind.dropFirst())")?.values == [2, 0, 200])
        }
    }

    static let shapes: [(name: String, shape: [Int], values: [Float])] = [
        ("scalar", [], [7]), ("none", [3, 0, 2], []), ("null", [0], []),
        ("five", [2, 2, 2, 2, 2], (0..<32).map(Float.init)), ("compact", [3], [0, 1, 2]),
    ]

    @Test(arguments: forms, shapes.indices)
    func `shapes of any rank are read, with or without elements`(form: String, index: Int) throws {
        let (name, shape, values) = Self.shapes[index]
        let dataset = try HDF5Group(parsing: Self.fixture(form)).dataset(at: "shapes/\(name)")
        #expect(dataset?.shape == shape)
        #expect(dataset?.values == values)
    }

    static let attributes: [(path: String, name: String, value: HDF5Attribute)] = [
        ("attributes", "text", .text("grün")), ("attributes", "empty", .text("")),
        ("attributes", "long", .text(String(repeating: "0123456789", count: 7000))),
        ("attributes", "fixed", .text("fixed")), ("attributes", "texts", .texts(["a", "", "ccc"])),
        ("attributes", "fixed texts", .texts(["kernel", "bias"])), ("attributes", "padded", .texts(["ab", "abcd"])),
        ("more attributes", "none", .floats([])), ("more attributes", "number", .integers([3])),
        ("more attributes", "numbers", .integers([1, -2, 3, 4])), ("more attributes", "float", .floats([0.1])),
        ("more attributes", "floats", .floats([0.5, 1.5])), ("more attributes", "flag", .unreadable),
        ("more attributes", "complex", .unreadable),
    ]

    @Test(arguments: forms, attributes.indices)
    func `attributes are strings, numbers, or passed over`(form: String, index: Int) throws {
        let (path, name, value) = Self.attributes[index]
        #expect(try HDF5Group(parsing: Self.fixture(form)).group(at: path)?.attribute(name) == value)
    }

    @Test func `a group with hundreds of members has a tree of two levels, and gives them in order`() throws {
        let group = try #require(HDF5Group(parsing: Self.fixture("earliest.h5")).group(at: "many"))
        #expect(group.datasets.map(\.name) == (0..<300).map { "\($0)" }.sorted())
        #expect(group.datasets.allSatisfy { $0.dataset.values == [1] })
    }

    @Test func `weights are found where Keras puts them`() throws {
        let file = try HDF5Group(parsing: Self.fixture("keras.weights.h5"))
        #expect(file.groups.map(\.name) == ["layers", "optimizer", "vars"])
        #expect(file.group(at: "layers")?.groups.map(\.name) == ["batch_normalization", "dense", "dense_1"])
        #expect(file.group(at: "layers/dense_1/vars")?.attribute("name") == .text("dense_1"))
        #expect(file.dataset(at: "layers/dense_1/vars/0")?.shape == [3, 2])
        #expect(file.dataset(at: "layers/dense_1/vars/0")?.values == [600, 601, 602, 603, 604, 605])
        #expect(file.dataset(at: "optimizer/vars/0")?.values == [1])
        #expect(file.dataset(at: "layers/dense_1/vars/2") == nil)
        #expect(file.group(at: "layers/dense_2/vars") == nil)
    }

    @Test func `whole models of before Keras 3 have their layers in lists of names`() throws {
        let file = try HDF5Group(parsing: Self.fixture("legacy.h5"))
        let weights = try #require(file.group(at: "model_weights"))
        #expect(weights.attribute("layer_names") == .texts(["dense", "batch_normalization", "dense_1"]))
        #expect(
            weights.group(at: "dense")?.attribute("weight_names") == .texts(["small/dense/kernel", "small/dense/bias"]))
        #expect(weights.dataset(at: "dense/small/dense/kernel")?.values == [0, 1, 2, 3, 4, 5])
        guard case .text(let config) = file.attribute("model_config") else {
            Issue.record("the model's config is no text")
            return
        }
        #expect(config.hasPrefix(#"{"class_name": "Sequential""#) && config.hasSuffix("}"))
    }

    @Test(arguments: [
        ("chunked", #""a/b" lies in chunks, which cannot be read; write it without chunks and compression"#),
        ("compressed", #""a/b" lies in chunks, which cannot be read; write it without chunks and compression"#),
        ("external", #""a/b" has its numbers in another file, which is not read"#),
        ("virtual", #""a/b" is put together from others, which cannot be read"#),
        ("soft", #""a/b" is a link to another place, which is not followed"#),
        ("elsewhere", #""a/b" is a link to another place, which is not followed"#),
        ("words", #""a/b" holds something else than numbers, which cannot be read"#),
        ("committed", #""a/b" has a type that is kept elsewhere in the file, which cannot be read"#),
        ("unwritten", #""a/b" was never written"#),
        ("dense", #""a" keeps its members in a heap, which cannot be read; write the file with libver="earliest""#),
        (
            "dense_attributes",
            #""a" keeps its attributes in a heap, which cannot be read; write the file with libver="earliest""#
        ),
    ])
    func `what Keras's files never have is refused by name`(name: String, message: String) throws {
        let error = #expect(throws: HDF5Error.self) { try HDF5Group(parsing: Self.fixture("\(name).h5")) }
        #expect(error.map { "\($0)" } == message)
    }
}
