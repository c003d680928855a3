import Exchange
import Reporting
import Schema

/// A file of others that a model can be imported from.
package struct ImportedFile {
    package let path: String

    package init(at path: String) { self.path = path }

    /// The model in it; throws all that stands in the way.
    package func model() throws -> ImportedModel {
        let bytes = try readFile(path, atMost: Self.largest)
        guard bytes.count <= Self.largest else {
            throw ImportError(path: path, reasons: ["is larger than 2 GiB, the most that can be imported"])
        }
        do {
            return try ImportedModel(try KerasFile(parsing: bytes), images: ImportedConfig.images)
        } catch {
            throw ImportError(path: path, reasons: error.reasons)
        }
    }

    private static let largest = 1 << 31

    /// What its model is called without anything else being said: the file's name without its ending, as far as a run
    /// directory can have it.
    package var name: String {
        var name = String(path.split(separator: "/").last ?? "")
        for ending in [".keras", ".hdf5", ".h5"] where name.hasSuffix(ending) {
            name.removeLast(ending.count)
            break
        }
        var problems = Problems()
        return Format<String>.folderName.read(Place(JSON(name)), &problems) ?? "imported"
    }
}

/// Why a model cannot be imported.
package struct ImportError: Error, Sendable, CustomStringConvertible {
    let path: String
    let reasons: [String]

    /// One line a reason, and the file before all.
    package var description: String {
        if reasons.count == 1 { return "\(displayable(path)): \(reasons[0])" }
        let lines = reasons.prefix(Problems.most) + (reasons.count > Problems.most ? ["…"] : [])
        return "\(displayable(path)) cannot be imported:\n" + lines.map { "  \($0)" }.joined(separator: "\n")
    }
}
