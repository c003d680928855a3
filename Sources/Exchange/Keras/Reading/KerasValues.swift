import Layers
import Schema

// What Keras's files say of arguments, as configs say it.

/// The value of an argument.
func valueHere(_ value: JSON, of key: String) -> JSON {
    if value["class_name"]?.text == "__numpy__" { return valueHere(value["config"]?["value"] ?? nil, of: key) }
    switch key {
    case "activation": return activation(value)
    case "axis": return value.elements.flatMap { $0.count == 1 ? $0[0] : nil } ?? value
    // Nested as the statistics of a Normalization may be, to fit images; a single one is for all channels.
    case "mean", "variance":
        let numbers = flat(value).map(shortened)
        return numbers.count == 1 ? numbers[0] : JSON(.array(numbers))
    default: return value["class_name"] == nil ? shortened(value) : settingHere(value)
    }
}

/// `{ "class_name": "L2", "config": { "l2": 0.01 } }` as `{ "type": "L2", "l2": 0.01 }`.
func settingHere(_ object: JSON) -> JSON {
    let arguments = (object["config"]?.members ?? []).filter { !KerasTolerance.unimportant.contains($0.key) }
    return JSON(
        .object(
            [.init("type", object["class_name"] ?? nil)]
                + arguments.map { .init($0.key, valueHere($0.value, of: $0.key)) }))
}

/// The name of an activation, which may be a function, or one of Keras's other names. A layer in its place has arguments of its
/// own, which no name says, and stays what it is, to be refused.
private func activation(_ value: JSON) -> JSON {
    if value == nil { return "linear" }
    guard let name = value.text ?? value["config"]?.text else { return value }
    return JSON(["swish": "silu"][name] ?? name)
}

/// Numbers that were floats once, by their shortest decimals: 0.001 for 0.0010000000474974513.
func shortened(_ value: JSON) -> JSON {
    switch value.content {
    case .number(let number):
        let short = Float(number)
        return Double(short) == number ? JSON(Double(short.description) ?? number) : value
    case .array(let elements): return JSON(.array(elements.map(shortened)))
    default: return value
    }
}

private func flat(_ value: JSON) -> [JSON] { value.elements?.flatMap(flat) ?? [value] }
