/// Weights as NumPy's `savez` writes them: `numpy.load("weights.npz")["conv2d/kernel"]`.
package enum NumPyWeights: ModelFormat {
    package static let ending = ".npz"
    package static let summary = "weights by Keras's names, for NumPy"

    package static func encode(_ model: ExportedModel) throws(ExportError) -> [UInt8] {
        var zip = ZipWriter()
        let parameters = model.network.parameters
        for parameter in parameters.all {
            let array = numpyArray(shape: parameter.shape.dimensions, parameters.values(of: parameter))
            try zip.add("\(parameter.name).npy", array)
        }
        return zip.finish()
    }

    /// One array in NumPy's own format, version 1; the numbers begin at a multiple of 64 bytes.
    static func numpyArray(shape: [Int], _ values: [Float]) -> [UInt8] {
        let lengths = shape.map { "\($0)," }.joined(separator: " ")
        let tuple = shape.count > 1 ? String(lengths.dropLast()) : lengths
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(tuple)), }"
        header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
        var bytes = [0x93] + Array("NUMPY".utf8) + [1, 0]
        bytes += littleEndianBytes([UInt16(header.utf8.count)])
        return bytes + header.utf8 + littleEndianBytes(values)
    }
}
