import Schema

extension Format where Value == String {
    /// A name that is one folder on every file system, shows in a list of files, and is no option to a command.
    static var folderName: Format {
        let longest = 100
        return Format(
            expecting: "a name that can be a folder's",
            schema: { _ in
                [
                    "type": "string", "minLength": 1, "maxLength": JSON(longest),
                    "pattern": #"^[^\s./\\\-][^/\\\u0000-\u001f\u007f]*$"#,
                ]
            },
            read: { place, problems in
                guard let name = String.format.read(place, &problems) else { return nil }
                guard let fault = fault(ofFolderName: name, longest: longest) else { return name }
                problems.append(
                    place.problem("a run directory cannot be called \(quoted(name))", remedy: fault))
                return nil
            },
            write: String.format.write)
    }

    /// The path of a file or folder; that nothing is there is said by whoever opens it.
    static var path: Format {
        Format(
            expecting: "a path", schema: ["type": "string", "minLength": 1],
            parse: { json in
                guard let path = json.text, !path.isEmpty, !path.unicodeScalars.contains("\0") else { return nil }
                return path
            },
            write: String.format.write)
    }
}

private func fault(ofFolderName name: String, longest: Int) -> String? {
    let scalars = name.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return "it needs at least one character" }
    if name.utf8.count > longest { return "it is longer than \(longest) bytes" }
    if scalars.contains(where: { $0 == "/" || $0 == "\\" }) { return "it contains a slash; - or _ will do" }
    if scalars.contains(where: { $0.properties.generalCategory == .control }) {
        return "it contains a control character"
    }
    if first == "." || first == "-" { return "it begins with \(quoted(String(first)))" }
    if first.properties.isWhitespace || last.properties.isWhitespace { return "it begins or ends with white space" }
    return nil
}
