import Autograd
import Schema
import Tensors

/// How much images of each class count in the training loss: Keras's `class_weight`.
///
/// As in Keras, a weighted sum is divided by the number of images and not by the sum of their weights.
package struct ClassWeights: Sendable {
    /// Classes that are not named have the weight 1.
    package private(set) var weights: [Int: Double] = [:]
    /// Where they were written, for messages.
    package private(set) var place: Place?

    /// All classes count the same.
    package init() {}

    /// The problem of the first class that the model does not tell apart, if there is one.
    package func problem(classes: Int) -> Problem? {
        guard let other = weights.keys.filter({ $0 >= classes }).min() else { return nil }
        let key = String(other)
        let message = "there is no class \(other): the model tells \(classes) classes apart"
        let remedy = classes > 0 ? "classes are 0 to \(classes - 1)" : nil
        return place?.problem(at: key, message, remedy: remedy) ?? Problem(message, at: nil, path: key, remedy: remedy)
    }

    /// Records each image's loss times the weight of its class.
    func weigh(
        _ losses: Value, classes: Int, labels: Value, in graph: inout Graph
    ) throws(ShapeError) -> Value {
        guard !weights.isEmpty else { return losses }
        let all = (0..<classes).map { Float(weights[$0] ?? 1) }
        let factors = try graph.apply(WeightOfClass(all, labels: labels), to: labels)
        return try graph.apply(MultiplyElements(losses, factors), to: losses, factors)
    }
}

/// `{ "3": 2.5 }`, as Keras's dictionary.
extension ClassWeights: Setting {
    package static var format: Format<ClassWeights> {
        let weight = Double.format(in: 0...1_000_000)
        let expectation = "an object with a weight for classes by their numbers, such as { \"3\": 2.5 }"
        return Format(
            expecting: expectation,
            schema: { definitions in
                [
                    "type": "object", "additionalProperties": false,
                    "patternProperties": ["^(0|[1-9][0-9]{0,8})$": weight.schema(&definitions)],
                ]
            },
            read: { place, problems in
                guard let members = place.json.members else {
                    problems.append(place.mismatch(expectation))
                    return nil
                }
                let before = problems.count
                var result = ClassWeights()
                result.place = place
                for member in members {
                    let path = Path.key(member.key, of: place.path)
                    guard let number = Int(member.key), (0..<1_000_000_000).contains(number),
                        String(number) == member.key
                    else {
                        problems.append(
                            Problem(
                                "\(quoted(member.key)) is no class", at: member.keyPosition, path: path.description,
                                remedy: "classes are named by their numbers, from \"0\" on"))
                        continue
                    }
                    result.weights[number] = weight.read(Place(member.value, path: path), &problems)
                }
                return problems.count == before ? result : nil
            },
            write: { value in
                JSON(
                    .object(
                        value.weights.sorted { $0.key < $1.key }.map {
                            JSON.Member(String($0.key), weight.write($0.value))
                        }))
            })
    }
}
