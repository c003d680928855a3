import Datasets
import Reporting
import Schema

/// A model's prediction for one picture.
package struct Prediction: Sendable, Equatable {
    /// The file, as the user typed it.
    package let file: String
    /// The picture's index in the file, from 0.
    package let index: Int
    /// Whether the file holds other pictures too.
    let isOneOfMany: Bool
    /// One for each class; they add up to 1.
    package let probabilities: [Float]
    /// One for each probability.
    let classNames: [String]
    /// How the picture was changed to fit the model.
    package let steps: [PictureStep]

    /// The most probable class; the first of equals.
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
    /// One row per picture: the class and its probability, then the runners-up, or a column for every class.
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

    /// Long paths lose their beginning, because the end names the file and the image.
    private var label: String {
        let whole = isOneOfMany ? "\(file)[\(index)]" : file
        return whole.count > Self.widestLabel ? "…" + whole.suffix(Self.widestLabel - 1) : whole
    }

    private static let widestLabel = 36

    /// The class number, followed by the name unless that is the number.
    private func className(_ index: Int) -> String {
        classNames[index] == "\(index)" ? "\(index)" : "\(index) \(classNames[index])"
    }

    private func share(_ index: Int) -> String { percent(Double(probabilities[index])) }

    /// The two most probable of the other classes, unless they round to zero.
    private var runnersUp: String {
        let others = probabilities.indices.filter { $0 != predicted && probabilities[$0] >= 0.00005 }
        let sorted = others.sorted { (-probabilities[$0], $0) < (-probabilities[$1], $1) }
        return sorted.prefix(2).map { "\(className($0)) \(share($0))" }.joined(separator: ", ")
    }

    /// Whole percents; zeros are left blank, so that the others stand out.
    private var percents: [String] {
        probabilities.map { probability in
            let text = fixed(Double(probability) * 100, digits: 0)
            return text == "0" ? "" : text
        }
    }
}
