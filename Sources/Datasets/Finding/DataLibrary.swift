import Foundation
import Machine

/// Gives data sets by name: found, fetched or made.
package struct DataLibrary: Sendable {
    /// Where files are looked for.
    package var search: DataSearch

    /// How missing sets are fetched; nil leaves the network alone.
    package var fetch: Fetch?

    /// How many threads read files, or draw digits.
    package var threads = Given.toThisProcess.processors.amount

    /// A library that fetches what it does not find, unless `fetch` is nil.
    package init(search: DataSearch = DataSearch(), fetch: Fetch? = Fetch()) {
        self.search = search
        self.fetch = fetch
    }

    /// The set of that name; fetched into the cache where no place has it and the network may be used.
    package func load(_ name: String) throws -> DataParts {
        guard let set = KnownDataset.named(name) else { throw DataMissing.unknown(name) }
        if set.isMade { return SyntheticDigits.make(threads: threads) }
        if let found = search.find(set) { return try found.load(set, threads: threads) }
        guard let fetch else { throw DataMissing.nowhere(set, searched: search.places(for: set)) }
        let folder = search.cacheFolder(of: set)
        try fetch.run(set, into: folder)
        return try DataParts(
            name: name, files: DataSearch.files(in: folder).found, classNames: set.classNames, origin: folder,
            threads: threads)
    }

    /// A set of the user's own: `dataset.path`, a folder of four IDX files.
    package func load(folder: String) throws -> DataParts {
        let (files, missing) = DataSearch.files(in: folder)
        guard missing.isEmpty else { throw DataMissing.files(missing, folder: folder) }
        return try DataParts(
            name: URL(fileURLWithPath: folder).lastPathComponent, files: files, origin: folder, threads: threads)
    }
}

extension DataSearch.Found {
    package func load(_ set: KnownDataset, threads: Int = 1) throws(DataFileError) -> DataParts {
        switch content {
        case .files(let files):
            try DataParts(
                name: set.name, files: files, classNames: set.classNames, origin: place.folder, threads: threads)
        case .archive(let path):
            try DataParts(name: set.name, archive: path, classNames: set.classNames, origin: path)
        }
    }
}

/// Why there is no such data set, with where it was looked for and what helps.
package enum DataMissing: Error, CustomStringConvertible {
    case unknown(String)
    case nowhere(KnownDataset, searched: [DataSearch.Place])
    case files([String], folder: String)

    /// The first line says what is missing; the places searched follow, a line each, and then the remedies.
    package var description: String {
        switch self {
        case .unknown(let name):
            let names = KnownDataset.all.map(\.name).joined(separator: ", ")
            return "\(name): no such data set; known are \(names), or give a folder of four IDX files as \"path\""
        case .files(let missing, let folder):
            return "\(folder): \(missing.joined(separator: ", ")) missing; "
                + "the folder must hold the four IDX files of a set, plain or .gz"
        case .nowhere(let set, let places):
            let searched = places.map { "  \($0.folder) (\($0.reason))" }.joined(separator: "\n")
            let package = set.debianPackage.map { ", or install Debian's package \($0)" } ?? ""
            return """
                \(set.name) was not found; these places were searched:
                \(searched)
                `mnist-lab data fetch \(set.name)` fetches it\(package); \
                \(otherPlaces)
                """
        }
    }
}

/// What helps wherever a set is missing.
let otherPlaces = "--data DIR or $MNIST_LAB_DATA names another place; mnist-lab train quickstart needs no data"
