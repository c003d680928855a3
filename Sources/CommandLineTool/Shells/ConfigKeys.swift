import Experiments
import Schema

extension ExperimentConfig {
    /// The keys of a config that `--set` can name without going into lists, such as `training.batch_size`.
    static var keys: [String] {
        let schema = jsonSchema
        return keys(of: schema, in: schema, path: "", depth: 0).sorted()
    }

    private static func keys(of part: JSON, in schema: JSON, path: String, depth: Int) -> [String] {
        guard depth < 4 else { return [] }
        var part = part
        if let name = part["$ref"]?.text?.split(separator: "/").last {
            part = schema["$defs"]?[String(name)] ?? part
        }
        // Of several kinds of value an object says most.
        let choices = [part] + (part["anyOf"]?.elements ?? [])
        guard let members = choices.lazy.compactMap({ $0["properties"]?.members }).first else { return [path] }
        return members.flatMap { member in
            keys(
                of: member.value, in: schema, path: path.isEmpty ? member.key : "\(path).\(member.key)",
                depth: depth + 1)
        }
    }
}
