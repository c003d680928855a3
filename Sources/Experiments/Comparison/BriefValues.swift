import Layers
import Schema

// Settings in few words, for the cells of a table.

/// What stands for nothing: a setting that is null, a figure that is not known.
let absent = "–"

/// A setting as `128`, `[3, 3]`, `Adam 0.001` or `fraction 0.1, from end`; a layer that reads others than the one before as
/// `Add (stem, conv1)`, and one with a way around its layers as `Residual [Conv2D 8] + [Conv2D 4]`.
func brief(_ value: JSON?) -> String {
    switch value?.content {
    case nil, .null: return absent
    case .string(let text): return text
    case .array(let elements): return "[\(elements.map(brief).joined(separator: ", "))]"
    case .object(let members):
        guard let type = members.first(where: { $0.key == "type" })?.value.text else {
            let said = members.filter { !$0.value.isNull }
            return said.map { "\($0.key) \(brief($0.value))" }.joined(separator: ", ")
        }
        // The first setting of a layer, optimizer or callback is what it cannot be without: its units, its rate.
        let first = members.first { $0.key != "type" && !PlacedLayer.keys.contains($0.key) && !$0.value.isNull }
        let around = members.first { $0.key == "shortcut" && $0.value.elements?.isEmpty == false }
        let inputs = members.first { $0.key == "inputs" }?.value.elements?.map(brief)
        return type + (first.map { " \(brief($0.value))" } ?? "") + (around.map { " + \(brief($0.value))" } ?? "")
            + (inputs.map { " (\($0.joined(separator: ", ")))" } ?? "")
    default: return value?.compact ?? absent
    }
}

/// The same for readers of pictures and sentences, to whom the name of a config's variable says enough without its `$`.
func briefWord(_ value: JSON?) -> String { withoutSign(brief(value)) }

/// A value's name without a variable's `$`.
func withoutSign(_ name: String) -> String { name.hasPrefix("$") ? String(name.dropFirst()) : name }

/// Lists of layers or callbacks without what they all begin and end with, so that what differs is seen first.
func briefs(ofLists lists: [[JSON]]) -> [String] {
    guard let first = lists.first, let shortest = lists.map(\.count).min() else { return [] }
    let head = (0..<shortest).prefix { index in lists.allSatisfy { $0[index] == first[index] } }.count
    let tail = (0..<shortest - head).prefix { offset in
        lists.allSatisfy { $0[$0.count - 1 - offset] == first[first.count - 1 - offset] }
    }.count
    return lists.map { list in
        let middle = list[head..<list.count - tail]
        return middle.isEmpty ? absent : middle.map(brief).joined(separator: ", ")
    }
}

extension JSON {
    /// Whether it is null, which is what is written for a number that is none.
    var isNull: Bool { content == .null }
}
