import Foundation
import Testing

@testable import Datasets
@testable import Exchange

/// Archives of NumPy's, such as `numpy.savez` makes.
@Suite struct NumPyTests {
    private static func fixture() throws -> [UInt8] {
        try [UInt8](
            Data(
                contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/arrays.npz"))
        )
    }

    @Test func `floats of every size and both orders of axes are read`() throws {
        let arrays = try NumPyWeights.arrays(in: Self.fixture())
        #expect(arrays.map(\.name) == ["dense/kernel", "half", "double", "turned", "none"])
        #expect(arrays.map(\.shape) == [[2, 3], [2], [], [2, 2], [0, 3]])
        #expect(Array(arrays[0].values.prefix(5)) == [1, -2, 0.5, 3, 4])
        #expect(arrays[1].values == [1, 2])
        #expect(arrays[2].values == [0.1])
        #expect(arrays[3].values == [1, 2, 3, 4])
        #expect(arrays[4].values.isEmpty)
    }

    static let headers: [(header: String, message: String)] = [
        ("{'descr': '<i8', 'fortran_order': False, 'shape': (1,), }", "a holds elements of type <i8; f2, f4 and f8"),
        ("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", "a holds elements of type |O"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "a claims the shape [3], but holds 8 bytes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "a claims the shape [-2]"),
        (
            "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4, 2), }",
            "a claims the shape [4611686018427387904, 4, 2]"
        ),
        ("{}", "a holds elements of type unknown"),
    ]

    @Test(arguments: headers)
    func `an array that is no weight says why`(header: String, message: String) throws {
        var zip = ZipWriter()
        var bytes = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += littleEndianBytes([UInt16(header.utf8.count)])
        try zip.add("a.npy", bytes + header.utf8 + [0, 0, 0, 0, 0, 0, 0, 0])
        let file = zip.finish()
        #expect {
            try NumPyWeights.arrays(in: file)
        } throws: { error in
            "\(error)".contains(message)
        }
    }
}
