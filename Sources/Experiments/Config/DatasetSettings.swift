import Schema

/// Which images are trained on, and which of them are kept for validation.
package struct DatasetSettings: Described {
    /// The data sets that the tool knows.
    package enum Name: String, CaseIterable, Setting {
        case mnist
        case fashionMNIST = "fashion-mnist"
        case syntheticDigits = "synthetic-digits"
    }

    /// One of the known sets; nil where there is a path.
    package var name: Name?
    /// A folder of four IDX files; absolute once the config is loaded.
    package var path: String?
    /// Nil where nothing validates.
    package var validation: Validation?
    /// Counted before the validation part is taken from it.
    package var trainLimit: Int?
    /// For quick looks: errors on few images say little.
    package var testLimit: Int?

    /// Without name or path, which is only right until it is read.
    package init() {}

    package static let name = "dataset"
    package static let summary = "The images: a known data set, or a folder of IDX files."
    package static var fields: [Field<DatasetSettings>] {
        [
            .optional("name", \.name, "a known data set"),
            .optional("path", \.path, as: Format.path.orNull, "a folder with four IDX files, instead of a name"),
            .optional("validation", \.validation, "the images that validate after every epoch; null for none"),
            .optional("train_limit", \.trainLimit, in: 1..., "how many training images are used; null for all"),
            .optional("test_limit", \.testLimit, in: 1..., "how many test images are used; null for all"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        switch (name, path) {
        case (nil, nil):
            let known = Name.allCases.map(\.rawValue).joined(separator: ", ")
            problems.append(
                place.problem("neither \"name\" nor \"path\" is given", remedy: "known names: \(known)"))
        case (_?, _?):
            // What an option adds cannot leave out what the config has.
            func isOption(_ key: String) -> Bool { place[key]?.json.position?.source != nil }
            let remedy =
                switch (isOption("name"), isOption("path")) {
                case (false, true): "add --set dataset.name=null"
                case (true, false): "add --set dataset.path=null"
                default: "leave one out"
                }
            problems.append(place.problem(at: "path", "name and path exclude each other", remedy: remedy))
        default: break
        }
    }
}
