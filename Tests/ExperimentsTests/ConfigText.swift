import Experiments
import Schema

/// A small config, a line for each key, so that a test can replace one and know its line.
struct ConfigText {
    private var lines = [
        ("name", #""a""#),
        ("dataset", #"{ "name": "mnist" }"#),
        ("model", #"{ "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10 }] }"#),
        ("training", "{}"),
    ]

    /// The config with another value, or a key more, which then is in line 6.
    init(_ key: String = "name", _ value: String = #""a""#) {
        if let index = lines.firstIndex(where: { $0.0 == key }) {
            lines[index].1 = value
        } else {
            lines.append((key, value))
        }
    }

    /// The config begins in line 2.
    var text: String {
        "{\n" + lines.map { "\"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n"
    }
}

/// All that is wrong with a config, one line a problem; empty for one that is right.
func messages(_ text: String, set overrides: [String] = []) -> String {
    do {
        let document = ConfigDocument(Array(text.utf8), file: "c.json")
        _ = try document.resolved(with: overrides.map { try Override(parsing: $0) })
        return ""
    } catch let problems as Problems {
        return problems.rendered()
    } catch let problem as Problem {
        return problem.rendered()
    } catch {
        return "\(error)"
    }
}
