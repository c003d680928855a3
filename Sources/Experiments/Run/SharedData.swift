import Datasets
import Synchronization

/// Loads each data set once for several experiments.
package final class SharedData: Sendable {
    private let library: DataLibrary
    private let loaded = Mutex<[Key: Loaded]>([:])

    /// The fingerprints are kept too: computing them takes as long as training a small model.
    private struct Loaded {
        let parts: DataParts
        let fingerprints: Fingerprints
    }

    /// The settings that decide which bytes are loaded.
    private struct Key: Hashable {
        let name: String?
        let path: String?
        /// Only for synthetic digits, of which just as many are drawn as are needed.
        let trainLimit, testLimit: Int?

        init(_ settings: DatasetSettings) {
            name = settings.name?.rawValue
            path = settings.path
            let isMade = settings.name == .syntheticDigits
            trainLimit = isMade ? settings.trainLimit : nil
            testLimit = isMade ? settings.testLimit : nil
        }
    }

    package init(library: DataLibrary) { self.library = library }

    /// Where files are looked for.
    var search: DataSearch { library.search }

    /// Safe to call from several threads; a call waits while the data set is being loaded by another.
    package func data(for config: ExperimentConfig) throws -> ExperimentData {
        let loaded = try load(config.dataset)
        return try ExperimentData(
            config.dataset, seed: config.seed, parts: loaded.parts, fingerprints: loaded.fingerprints)
    }

    /// The checksums of a data set, sorted by file.
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
