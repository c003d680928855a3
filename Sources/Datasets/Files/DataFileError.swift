/// What is wrong with a data file: a fact, told in one line that names the file, the place and the remedy.
package struct DataFileError: Error, Hashable, CustomStringConvertible {
    /// What was found in the file or between two of them.
    package enum Fact: Hashable, Sendable {
        case unreadable(String)
        case idx(IDXError)
        case archive(ArchiveError)
        case picture(PictureError)
        case dimensions([Int], expected: String)
        case empty
        case label(UInt8, classes: Int, offset: Int)
        case labelCount(Int, images: Int)
        case imageSize([Int], training: [Int])
    }

    /// The path, or paths joined, as the user would type it.
    package let file: String

    package let fact: Fact

    /// One line: file, place, finding, remedy.
    package var description: String {
        switch fact {
        case .unreadable(let reason):
            "\(file): \(reason); check the path and its permissions"
        case .idx(let error):
            "\(file): \(error); put back or fetch the original file"
        case .archive(let error):
            "\(file): \(error); put back or fetch the original file"
        case .picture(let error):
            "\(file): \(error)"
        case .dimensions(let sizes, let expected):
            "\(file): byte 3: \(sizes.count) dimensions, expected \(expected); is it another part's file?"
        case .empty:
            "\(file): byte 4: holds no images; put back or fetch the original file"
        case .label(let label, let classes, let offset):
            "\(file): byte \(offset): label \(label), but there are \(classes) classes (0 to \(classes - 1)); "
                + "put back the original file or correct the label"
        case .labelCount(let labels, let images):
            "\(file): byte 4: \(labels) labels for \(images) images; images and labels must be of the same set and part"
        case .imageSize(let sizes, let training):
            "\(file): byte 8: images of \(Self.product(sizes)), but \(Self.product(training)) in the training part; "
                + "both parts must be of the same set"
        }
    }

    private static func product(_ sizes: [Int]) -> String {
        sizes.map(String.init).joined(separator: " × ")
    }
}
