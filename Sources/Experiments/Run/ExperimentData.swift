import Datasets

/// The images of one experiment, chosen as its config says.
package struct ExperimentData: Sendable {
    /// Training images; the validation part is taken from them.
    package let training: Dataset
    /// Numbers of those that are learned from.
    package let learned: [Int]
    /// What measures progress after each epoch, if anything does.
    package let validation: (dataset: Dataset, images: [Int])?
    /// What the finished model is judged by.
    package let test: Dataset
    /// Where the files were found.
    package let origin: String
    /// The data set's name.
    package let name: String
    /// Reckoned while the rest is prepared and training begins.
    private let reckoned: Fingerprints

    /// Loads, limits and splits.
    package init(_ settings: DatasetSettings, seed: Int, library: DataLibrary) throws {
        let parts = try Self.parts(settings, library: library)
        try self.init(settings, seed: seed, parts: parts, fingerprints: Fingerprints(of: parts))
    }

    /// The whole set that settings name.
    static func parts(_ settings: DatasetSettings, library: DataLibrary) throws -> DataParts {
        if let path = settings.path { return try library.load(folder: path) }
        guard settings.name == .syntheticDigits else { return try library.load(settings.name?.rawValue ?? "") }
        // A smaller set is the beginning of a larger one; why draw digits that nobody looks at?
        return SyntheticDigits.make(training: settings.trainLimit ?? 60_000, test: settings.testLimit ?? 10_000)
    }

    /// Limits and splits what is loaded already.
    init(_ settings: DatasetSettings, seed: Int, parts: DataParts, fingerprints: Fingerprints) throws {
        training = parts.training.limited(to: settings.trainLimit)
        test = parts.test.limited(to: settings.testLimit)
        origin = parts.origin
        name = parts.name
        reckoned = fingerprints

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

    /// SHA-256 of every file's decompressed bytes; not to be asked for between start and first step, if it can wait.
    package var fingerprints: [String: String] {
        reckoned.byFileName
    }

    /// Whether the fingerprints can be had without waiting.
    package var areFingerprintsKnown: Bool { reckoned.areKnown }
}

extension Validation.Origin {
    /// The split's way of choosing.
    func choice(seed: UInt64) -> Split.Choice {
        switch self {
        case .end: .end
        case .shuffled: .shuffled(seed: seed)
        case .stratified: .stratified(seed: seed)
        }
    }
}

extension Fingerprints {
    /// The checksums by the names of the files.
    var byFileName: [String: String] { Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, $0.value) }) }
}
