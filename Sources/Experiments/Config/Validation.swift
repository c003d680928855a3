import Schema

/// Which images validate after every epoch: a part or a fold of the training images, or the test images.
package enum Validation: Equatable, Sendable {
    /// This part of the training images.
    case part(fraction: Double, from: Origin)
    /// One of `of` equal parts, counted from zero.
    case fold(Int, of: Int, from: Origin)
    /// The test images, which then are no independent judge any more.
    case test

    /// How the training images are chosen.
    package enum Origin: String, CaseIterable, Setting {
        /// The last ones of the file, as Keras does.
        case end
        /// A random choice.
        case shuffled
        /// A random choice with as much of every class.
        case stratified
    }
}

/// Three ways to write it, told apart by their keys.
extension Validation: Setting {
    package static var format: Format<Validation> {
        let expectation = "an object with \"fraction\", \"folds\" or \"use\""
        return Format(
            expecting: expectation,
            schema: { definitions in
                [
                    "oneOf": [
                        ValidationPart.format.schema(&definitions), ValidationFold.format.schema(&definitions),
                        ValidationUse.format.schema(&definitions),
                    ]
                ]
            },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                let ways = ["fraction", "folds", "use"].filter { way in members.contains { $0.key == way } }
                if ways.count > 1 {
                    problems.append(
                        place.problem(
                            at: ways[1], "\(ways[0]) and \(ways[1]) exclude each other", remedy: "leave one out"))
                    return nil
                }
                switch ways.first {
                case "use": return ValidationUse.format.read(place, &problems).map { _ in .test }
                case "folds": return ValidationFold.format.read(place, &problems)?.validation
                default: return ValidationPart.format.read(place, &problems)?.validation
                }
            },
            write: { validation in
                switch validation {
                case .part(let fraction, let origin): ValidationPart(fraction: fraction, from: origin).json
                case .fold(let fold, let folds, let origin): ValidationFold(folds: folds, fold: fold, from: origin).json
                case .test: ValidationUse().json
                }
            })
    }
}

/// `{ "fraction": 0.1, "from": "end" }`
private struct ValidationPart: Described {
    var fraction = 0.0
    var from = Validation.Origin.end

    var validation: Validation { .part(fraction: fraction, from: from) }

    static let name = "validation.part"
    static let summary = "A part of the training images validates."
    static var fields: [Field<ValidationPart>] {
        [
            .required("fraction", \.fraction, in: .between(0, 1), "which part of the training images validates"),
            .optional("from", \.from, "which images: the last ones, as in Keras, or a random choice"),
        ]
    }
}

/// `{ "folds": 5, "fold": 0, "from": "stratified" }`
private struct ValidationFold: Described {
    var folds = 2
    var fold = 0
    var from = Validation.Origin.end

    var validation: Validation { .fold(fold, of: folds, from: from) }

    static let name = "validation.fold"
    static let summary = "One of several equal parts of the training images validates."
    static var fields: [Field<ValidationFold>] {
        [
            .required("folds", \.folds, in: 2...1000, "how many equal parts there are"),
            .optional("fold", \.fold, in: 0..., "which of them validates, counted from 0"),
            .optional("from", \.from, "how images come into the parts"),
        ]
    }

    func check(at place: Place, _ problems: inout Problems) {
        guard fold >= folds else { return }
        problems.append(place.problem(at: "fold", "fold \(fold) of \(folds)", remedy: "folds are counted from 0"))
    }
}

/// `{ "use": "test" }`
private struct ValidationUse: Described {
    enum Images: String, CaseIterable, Setting { case test }
    var use = Images.test

    static let name = "validation.use"
    static let summary = "The test images validate, as some reports do it."
    static var fields: [Field<ValidationUse>] { [.required("use", \.use, "which images validate instead")] }
}
