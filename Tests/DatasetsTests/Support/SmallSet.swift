import Datasets

/// A data set of a few drawn digits that plays the part of a public one.
struct SmallSet {
    let parts: DataParts
    let plain: [DataFile: [UInt8]]

    init(training: Int = 40, test: Int = 12) {
        parts = SyntheticDigits.make(training: training, test: test, seed: 9)
        let (training, test) = (parts.training.arrays, parts.test.arrays)
        plain = [
            .trainingImages: training.images, .trainingLabels: training.labels, .testImages: test.images,
            .testLabels: test.labels,
        ].mapValues { $0.header + $0.elements }
    }

    var compressed: [DataFile: [UInt8]] {
        plain.mapValues { GzipWriter($0).bytes }
    }

    /// As a server names them.
    var served: [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: compressed.map { ($0.key.rawValue + ".gz", $0.value) })
    }

    func known(mirrors: [String] = []) -> KnownDataset {
        KnownDataset(
            name: "small", title: "a small set", classNames: parts.training.classNames,
            fingerprints: plain.mapValues { SHA256.hex(of: $0) }, sizes: plain.mapValues(\.count), mirrors: mirrors,
            torchvisionFolder: "Small")
    }
}
