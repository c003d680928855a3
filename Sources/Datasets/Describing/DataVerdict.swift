import Schema

/// What `data verify` finds: the checksum of each decompressed file beside the official one.
package struct DataVerdict: Sendable {
    /// One file's checksums.
    package struct File: Sendable {
        /// The file's usual name.
        package let file: String

        /// SHA-256 of the decompressed bytes that are here.
        package let sha256: String

        /// What it is in the official set, where there is one.
        package let official: String?

        /// Whether both agree; nil where there is nothing to compare with.
        package var isOfficial: Bool? { official.map { $0 == sha256 } }
    }

    package let name: String

    /// Where it was found or how it was made.
    package let origin: String

    /// The four files, training before test, images before labels.
    package let files: [File]

    /// Whether every file is the official one; nil for a set that nobody has published.
    package let isOfficial: Bool?

    /// Compares a set with the known one of its name.
    package init(_ parts: DataParts) {
        name = parts.name
        origin = parts.origin
        let official = KnownDataset.named(parts.name)?.fingerprints ?? [:]
        let fingerprints = parts.fingerprints
        files = DataFile.allCases.map { file in
            File(file: file.rawValue, sha256: fingerprints[file] ?? "", official: official[file])
        }
        isOfficial = official.isEmpty ? nil : files.allSatisfy { $0.isOfficial == true }
    }

    /// The document that `--json` prints.
    package var json: JSON {
        let files = files.map { file -> JSON in
            ["file": JSON(file.file), "sha256": JSON(file.sha256), "official": JSON(file.isOfficial)]
        }
        return [
            "name": JSON(name), "origin": JSON(origin), "official": JSON(isOfficial), "files": JSON(.array(files)),
        ]
    }
}
