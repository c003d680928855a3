import Foundation

/// The directories of runs and sweeps in a folder and below it, by name; those of a sweep's trials belong to the sweep.
package func runFolders(below folder: String) -> [String] {
    runFolders(below: folder, levels: 8)
}

private func runFolders(below folder: String, levels: Int) -> [String] {
    if RunReader.isSweep(folder) || RunReader.isRun(folder) { return [folder] }
    guard levels > 0 else { return [] }
    let parts = folders(in: folder.hasSuffix("/") ? String(folder.dropLast()) : folder)
    // A link may lead back to where it lies.
    return parts.filter { !isLink($0) }.flatMap { runFolders(below: $0, levels: levels - 1) }
}

private func isLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
}

/// A file within a run's or a sweep's directory.
package struct StoredFile: Sendable {
    /// Seen from the directory.
    package let name: String
    package let bytes: Int
}

/// Everything that lies in a directory and below it, by name.
func storedFiles(in directory: String) -> [StoredFile] {
    let names = FileManager.default.enumerator(atPath: directory)?.compactMap { $0 as? String } ?? []
    return names.sorted().compactMap { name in
        let attributes = try? FileManager.default.attributesOfItem(atPath: join(directory, name))
        guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { return nil }
        return StoredFile(name: name, bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0)
    }
}
