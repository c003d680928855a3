import Foundation

/// Makes a folder with all those above it; does nothing if it is there.
package func makeFolder(_ path: String) throws(FileError) {
    do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
        throw FileError("make the folder", path)
    }
}
