import TestSupport
import Testing

@testable import Datasets
@testable import Exchange

/// Mutated files of Keras's and NumPy's: read or refused, and never more than that.
@Suite struct KerasMutationTests {
    /// The config of a file that Keras wrote: what a mutation of the archive hardly ever leaves readable.
    private static func config(_ name: String) throws -> [UInt8] {
        try ZipArchive(KerasFixtures.file("\(name).keras")).member("config.json", limit: 1 << 20)
    }

    @Test func `no mutated model of Keras's is more than imported or refused`() throws {
        let names = ["sequence", "graph", "nested"]
        let files = try names.map { try KerasFixtures.file($0 + ".keras") }
        let run = MutationRun(".keras", of: files, count: 400, repairing: repairZip, Self.importOne)
        #expect(run.complaints == [])
        let older = try names.map { try KerasFixtures.file($0 + ".h5") }
        let second = MutationRun(
            "Keras .h5", of: older, count: 400, repairing: HDF5Repairs(Lookup3.checksum).repair, Self.importOne)
        #expect(second.complaints == [])
    }

    @Test func `no mutated config of Keras's is more than imported or refused`() throws {
        let archive = try ZipArchive(KerasFixtures.file("graph.keras"))
        let weights = try archive.member("model.weights.h5", limit: 1 << 20)
        let run = MutationRun(
            "Keras config", of: [try Self.config("graph"), try Self.config("sequence"), try Self.config("nested")]
        ) { config in
            var zip = ZipWriter()
            try zip.add("config.json", config)
            try zip.add("model.weights.h5", weights)
            try Self.importOne(zip.finish())
        }
        #expect(run.complaints == [])
    }

    @Test func `no mutated archive of NumPy's is more than read or refused`() throws {
        let network = try KerasFixtures.network([["type": "Flatten"], ["type": "Dense", "units": 2]])
        let file = try NumPyWeights.encode(ExportedModel(name: "a", network: network, classNames: []))
        let run = MutationRun("npz of floats", of: [file], repairing: repairZip) { bytes in
            for array in try NumPyWeights.arrays(in: bytes) where array.values.count != array.shape.reduce(1, *) {
                throw MutationMistake("\(array.name) has another size than its shape")
            }
        }
        #expect(run.complaints == [])
    }

    /// What was imported must also be what a network takes.
    private static func importOne(_ file: [UInt8]) throws {
        let model = try ImportedModel(try KerasFile(parsing: file), images: KerasFixtures.images)
        let network = try KerasFixtures.network(model.layers)
        for parameter in network.parameters.all
        where model.weights[parameter.name]?.floats?.count != parameter.shape.count {
            throw MutationMistake("\(parameter.name) is not among the weights")
        }
        _ = try KerasContents(parsing: file).tensors(for: network.flatLayers)
    }
}
