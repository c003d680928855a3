import Datasets
import Exchange
import Layers
import Reporting
import Tensors

/// A file of weights, of any of the kinds that can be read; its first bytes say which.
enum WeightFile {
    /// Names are in the file: safetensors and NumPy's archives.
    case named([NamedTensor])
    /// Keras's, which say in their own way whose weights they are.
    case keras(KerasContents)

    /// What can be named where weights are wanted, as help and messages say it.
    static let kinds = ".safetensors, .keras, .h5 or .npz"

    private static let largest = 1 << 31

    init(at path: String) throws {
        let bytes = try readFile(path, atMost: Self.largest)
        guard bytes.count <= Self.largest else {
            throw WeightsError(path: path, reasons: ["is larger than 2 GiB, the most that is read"])
        }
        do {
            self = try Self.read(bytes)
        } catch let error as FileError {
            throw error
        } catch SafetensorsError.foreign {
            throw WeightsError(path: path, reasons: ["is no file of weights; name one of these: \(Self.kinds)"])
        } catch {
            throw WeightsError(path: path, reasons: ["\(error)"])
        }
    }

    private static func read(_ bytes: [UInt8]) throws -> WeightFile {
        if bytes.starts(with: hdf5Signature) { return .keras(try KerasContents(parsing: bytes)) }
        guard bytes.starts(with: zipSignature) else {
            return .named(
                try Safetensors(parsing: bytes).tensors.map { tensor in
                    NamedTensor(
                        .init(name: tensor.name, shape: tensor.shape, type: tensor.type.rawValue), values: tensor.floats
                    )
                })
        }
        let names = try ZipArchive(bytes).names
        if names.contains("config.json") { return .keras(try KerasContents(parsing: bytes)) }
        return .named(
            try NumPyWeights.arrays(in: bytes).map { array in
                NamedTensor(.init(name: array.name, shape: array.shape, type: floats), values: array.values)
            })
    }

    private static let hdf5Signature: [UInt8] = [0x89] + Array("HDF".utf8)
    private static let zipSignature = Array("PK".utf8)

    private static let floats = "floats"

    /// The tensors under the names of some layers' parameters, as far as it takes layers to tell.
    func tensors(for layers: [FlatLayer]) -> [NamedTensor] {
        switch self {
        case .named(let tensors): tensors
        case .keras(let contents):
            contents.tensors(for: layers).map { tensor in
                NamedTensor(
                    .init(name: tensor.original, shape: tensor.values.shape, type: Self.floats), as: tensor.name,
                    values: tensor.values.values)
            }
        }
    }
}
