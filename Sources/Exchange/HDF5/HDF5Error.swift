import Schema

/// Why bytes cannot be read as an HDF5 file, or a group cannot be written as one.
package enum HDF5Error: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file does not begin as HDF5 files do.
    case notHDF5
    /// What is wrong with the file, and at which byte.
    case damaged(String, at: Int)
    /// The file itself needs a part of HDF5 that is not read here.
    case unsupported(String)
    /// The group or dataset of this path needs a part of HDF5 that is not read here.
    case object(String, String)
    /// The file refers to the same bytes so often that its content would be many times its size.
    case excessive
    /// The group or dataset of this path has something longer than the format allows.
    case unwritable(String, String)

    /// What is wrong, without the file's name.
    package var description: String {
        switch self {
        case .notHDF5: "is not an HDF5 file"
        case .damaged(let what, let offset): "is damaged at byte \(offset): \(what)"
        case .unsupported(let what): "has \(what), which cannot be read"
        case .object(let path, let what): "\(quoted(path)) \(what)"
        case .excessive: "refers to the same bytes again and again, so its content would be many times its size"
        case .unwritable(let path, let what): "\(quoted(path)) cannot be written: \(what)"
        }
    }
}
