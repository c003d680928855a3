import Datasets
import Synchronization

/// Data sets that several experiments use: each is loaded once.
package final class SharedData: Sendable {
    private let library: DataLibrary
    private let loaded = Mutex<[Key: Loaded]>([:])

    /// Checksums take as long as a small model's training.
    private struct Loaded {
        let parts: DataParts
        let fingerprints: Fingerprints
    }

    /// What decides the bytes that are loaded.
    private struct Key: Hashable {
        let name: String?
        let path: String?
        /// Digits that are drawn are as many as are asked for.
        let trainLimit, testLimit: Int?

        init(_ settings: DatasetSettings) {
            name = settings.name?.rawValue
            path = settings.path
            let isMade = settings.name == .syntheticDigits
            trainLimit = isMade ? settings.trainLimit : nil
            testLimit = isMade ? settings.testLimit : nil
        }
    }

    /// None yet; they will come from the library.
    package init(library: DataLibrary) { self.library = library }

    /// The images of one experiment; whoever asks while they are loaded waits.
    package func data(for config: ExperimentConfig) throws -> ExperimentData {
        let loaded = try load(config.dataset)
        return try ExperimentData(
            config.dataset, seed: config.seed, parts: loaded.parts, fingerprints: loaded.fingerprints)
    }

    /// The checksums of a data set, by file.
    func fingerprints(of settings: DatasetSettings) throws -> [(file: String, sha256: String)] {
        try load(settings).fingerprints.byFileName.map { ($0.key, $0.value) }.sorted { $0.file < $1.file }
    }

    private func load(_ settings: DatasetSettings) throws -> Loaded {
        let key = Key(settings)
        return try loaded.withLock { loaded in
            if let known = loaded[key] { return known }
            let parts = try ExperimentData.parts(settings, library: library)
            let result = Loaded(parts: parts, fingerprints: Fingerprints(of: parts))
            loaded[key] = result
            return result
        }
    }
}
