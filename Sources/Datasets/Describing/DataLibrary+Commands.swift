import Foundation
import Schema

// What stands behind the commands `data list`, `info`, `verify` and `fetch`.

extension DataLibrary {
    /// Known sets and where they are.
    package func list() -> DataList {
        DataList(search)
    }

    /// A set's figures. Never fetches: who asks what is here should not get what is elsewhere.
    package func info(_ name: String) throws -> DataInfo {
        DataInfo(try loadLocally(name))
    }

    /// A set's checksums beside the official ones. Never fetches.
    package func verify(_ name: String) throws -> DataVerdict {
        DataVerdict(try loadLocally(name))
    }

    /// Brings a set into the cache, or writes a made one there as IDX files; `write` gets a file's bytes and its path.
    package func fetch(_ name: String, writing write: ([UInt8], String) throws -> Void) throws -> DataFetched {
        guard let set = KnownDataset.named(name) else { throw DataMissing.unknown(name) }
        let folder = search.cacheFolder(of: set)
        if set.isMade {
            try SyntheticDigits.make().write(to: folder, by: write)
        } else {
            guard let fetch else { throw DataMissing.nowhere(set, searched: search.places(for: set)) }
            try fetch.run(set, into: folder)
        }
        return DataFetched(name: name, folder: folder)
    }

    /// A name with a slash is that of a folder.
    private func loadLocally(_ name: String) throws -> DataParts {
        if name.contains("/") { return try load(folder: name) }
        var library = self
        library.fetch = nil
        return try library.load(name)
    }
}

/// What `data fetch` says when it is done, for people and for programs.
package struct DataFetched: Sendable {
    package let name: String

    /// The folder that holds its four files now.
    package let folder: String

    /// The document that `--json` prints.
    package var json: JSON { ["name": JSON(name), "folder": JSON(folder)] }
}

extension DataParts {
    /// Makes four plain IDX files; `write` gets the bytes of each and its path.
    package func write(to folder: String, by write: ([UInt8], String) throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let (training, test) = (self.training.arrays, self.test.arrays)
        let arrays: KeyValuePairs<DataFile, IDXArray> = [
            .trainingImages: training.images, .trainingLabels: training.labels, .testImages: test.images,
            .testLabels: test.labels,
        ]
        for (file, array) in arrays {
            try write(array.header + array.elements, "\(folder)/\(file.rawValue)")
        }
    }
}
