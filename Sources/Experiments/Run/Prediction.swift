import Datasets
import Reporting
import Schema

/// What a model says of one picture.
package struct Prediction: Sendable, Equatable {
    /// The file, as the user typed it.
    package let file: String
    /// Which of the file's pictures it is, the first being 0.
    package let index: Int
    /// Whether the file holds others, too.
    let isOneOfMany: Bool
    /// One a class; together 1.
    package let probabilities: [Float]
    /// As many as there are probabilities.
    let classNames: [String]
    /// What was done to the picture beforehand.
    package let steps: [PictureStep]

    /// The most probable class, of equals the first.
    package var predicted: Int {
        probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
    }

    /// One element of the document that `predict --json` prints.
    package var json: JSON {
        [
            "file": JSON(file), "index": JSON(index), "class": JSON(predicted), "name": JSON(classNames[predicted]),
            // The shortest decimals that read back as the same floats.
            "probabilities": JSON(.array(probabilities.map { JSON(Double("\($0)") ?? Double($0)) })),
            "steps": JSON(steps.map(\.description)),
        ]
    }
}

extension Prediction {
    /// A row a picture: the class and its probability, then the runners-up, or a column for every class.
    package static func table(_ predictions: [Prediction], width: Int?, withAll: Bool) -> String {
        let classes = predictions.first?.probabilities.indices ?? 0..<0
        let columns: [TextTable.Column] =
            withAll
            ? classes.map { .right("\($0)") } : [.right("probability"), "next"]
        return TextTable(
            ["image", "class"] + columns,
            rows: predictions.map { prediction in
                [prediction.label, prediction.className(prediction.predicted)]
                    + (withAll ? prediction.percents : [prediction.share(prediction.predicted), prediction.runnersUp])
            }
        ).text(width: width)
    }

    /// The end of a path tells more than its beginning: it names the file and the image.
    private var label: String {
        let whole = isOneOfMany ? "\(file)[\(index)]" : file
        return whole.count > Self.widestLabel ? "…" + whole.suffix(Self.widestLabel - 1) : whole
    }

    private static let widestLabel = 36

    /// The number, and the name where that says more.
    private func className(_ index: Int) -> String {
        classNames[index] == "\(index)" ? "\(index)" : "\(index) \(classNames[index])"
    }

    private func share(_ index: Int) -> String { percent(Double(probabilities[index])) }

    /// The two most probable of the other classes, unless they round to nothing.
    private var runnersUp: String {
        let others = probabilities.indices.filter { $0 != predicted && probabilities[$0] >= 0.00005 }
        let sorted = others.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
        return sorted.prefix(2).map { "\(className($0)) \(share($0))" }.joined(separator: ", ")
    }

    /// Whole percents, blank where they are 0, because the eye looks for the others.
    private var percents: [String] {
        probabilities.map { probability in
            let text = fixed(Double(probability) * 100, digits: 0)
            return text == "0" ? "" : text
        }
    }
}
