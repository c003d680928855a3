import Datasets

/// The images of one experiment, limited and split as its config says.
package struct ExperimentData: Sendable {
    /// Includes the images that are held back for validation.
    package let training: Dataset
    /// The indices of the images to train on.
    package let learned: [Int]
    /// Evaluated after each epoch; nil without validation.
    package let validation: (dataset: Dataset, images: [Int])?
    /// Evaluated once, by the finished model.
    package let test: Dataset
    /// Where the files were found, for people.
    package let origin: String
    package let name: String
    /// The memory that the images take.
    let footprint: DataFootprint
    private let checksums: Fingerprints

    package init(_ settings: DatasetSettings, seed: Int, library: DataLibrary) throws {
        let parts = try Self.parts(settings, library: library)
        try self.init(settings, seed: seed, parts: parts, fingerprints: Fingerprints(of: parts))
    }

    /// The whole data set that the settings name.
    static func parts(_ settings: DatasetSettings, library: DataLibrary) throws -> DataParts {
        if let path = settings.path { return try library.load(folder: path) }
        guard settings.name == .syntheticDigits else { return try library.load(settings.name?.rawValue ?? "") }
        // A smaller set is the beginning of a larger one, so digits beyond the limit need not be drawn.
        return SyntheticDigits.make(
            training: settings.trainLimit ?? 60_000, test: settings.testLimit ?? 10_000, threads: library.threads)
    }

    /// The same from a data set that is loaded already.
    init(_ settings: DatasetSettings, seed: Int, parts: DataParts, fingerprints: Fingerprints) throws {
        training = parts.training.limited(to: settings.trainLimit)
        test = parts.test.limited(to: settings.testLimit)
        footprint = DataFootprint(
            training: parts.training.count, test: parts.test.count, imageSize: parts.training.imageSize, settings)
        origin = parts.origin
        name = parts.name
        checksums = fingerprints

        let seed = UInt64(seed)
        let labels = training.labels
        switch settings.validation {
        case nil:
            learned = Array(0..<training.count)
            validation = nil
        case .test:
            learned = Array(0..<training.count)
            validation = (test, Array(0..<test.count))
        case .part(let fraction, let origin):
            let split = try Split(labels: labels, fraction: fraction, from: origin.choice(seed: seed))
            learned = split.training
            validation = (training, split.validation)
        case .fold(let fold, let count, let origin):
            let split = try Split.folds(count, labels: labels, from: origin.choice(seed: seed))[fold]
            learned = split.training
            validation = (training, split.validation)
        }
    }

    /// Begins to compute `fingerprints` in the background. Who does not need them saves a core's work.
    func beginFingerprints() { checksums.begin() }

    /// SHA-256 of every file's decompressed bytes. Waits until they are computed, so avoid it before the first step.
    package var fingerprints: [String: String] {
        checksums.byFileName
    }

    /// Whether `fingerprints` returns without waiting.
    package var areFingerprintsKnown: Bool { checksums.areKnown }
}

extension Validation.Origin {
    func choice(seed: UInt64) -> Split.Choice {
        switch self {
        case .end: .end
        case .shuffled: .shuffled(seed: seed)
        case .stratified: .stratified(seed: seed)
        }
    }
}

extension Fingerprints {
    var byFileName: [String: String] { Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) }) }
}
