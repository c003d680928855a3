import Schema

/// A layer of a Keras model that holds no others, wherever it stands.
struct KerasNode {
    /// What it is called here.
    let name: String
    /// What Keras calls it, behind the names of the models within which it stands: for messages.
    let place: String
    /// What Keras calls it.
    let ownName: String
    /// The layer of the whole model that it is or within which it stands.
    let outermost: String
    let className: String
    let arguments: JSON
    /// Names of other nodes here, or `input`.
    let inputs: [String]
    /// Where its weights are in files that number layers.
    let path: String

    /// The axis that it is about, where it is about one.
    var axis: Int? {
        guard let axis = arguments["axis"] else { return nil }
        return try? Int(from: axis.elements.flatMap { $0.count == 1 ? $0[0] : nil } ?? axis)
    }
}

/// What was found while a model was taken apart.
struct KerasFindings {
    /// Why the model cannot be imported.
    var problems: [String] = []
    /// What is otherwise here, though the model predicts the same.
    var remarks: [String] = []

    mutating func refuse(_ place: String, _ reason: String) { problems.append("\(place): \(reason)") }
    mutating func remark(_ place: String, _ fact: String) { remarks.append("\(place): \(fact)") }
}
