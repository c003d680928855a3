import Datasets
import Reporting

// What the `data` command shows to people.

extension DataList {
    /// Of every set its name, what it is, and below that where this machine has it.
    var text: String {
        let lines = sets.flatMap { set in
            let place =
                set.path ?? (set.isPresent ? "made when it is used" : "not here; mnist-lab data fetch \(set.name)")
            return ["\(padded(set.name, to: 18))\(set.title)", "\(padded("", to: 18))\(displayable(place))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension DataInfo {
    /// Where the set is and whether it is the real one, then its figures by part.
    func text(width: Int) -> String {
        func row(_ title: String, _ value: (PartStatistics) -> String) -> [String] {
            [title, value(training), value(test)]
        }
        let figures = [
            row("images") { grouped($0.images) },
            row("mean") { fixed($0.mean, digits: 4) },
            row("standard deviation") { fixed($0.standardDeviation, digits: 4) },
            row("values") { "\($0.range[0])–\($0.range[1])" },
        ]
        let classes = classNames.enumerated().map { label, name in
            row(name == "\(label)" ? "class \(label)" : "class \(label), \(name)") { grouped($0.classes[label]) }
        }
        let table = TextTable(["", .right("training"), .right("test")], rows: figures + classes)
        let size = shape[2] == 1 ? "\(shape[0]) × \(shape[1])" : "\(shape[0]) × \(shape[1]) × \(shape[2])"
        return heading(name: name, origin: origin, isOfficial: isOfficial)
            + line("images", "\(size), \(classNames.count) classes")
            + line("duplicates", "\(grouped(duplicates)) of the test images are among those for training, too")
            + "\n" + table.text(width: width)
    }
}

extension DataVerdict {
    /// The verdict, then each file's checksum, whole even where it is wider than the screen, for it is to be copied.
    var text: String {
        let files = files.map { file in
            let verdict =
                file.isOfficial.map { $0 ? "official" : "differs from the official one" } ?? "none to compare with"
            return "\(file.file): \(verdict)\n    \(file.sha256)\n"
        }
        return heading(name: name, origin: origin, isOfficial: isOfficial) + "\n" + files.joined()
    }
}

private func heading(name: String, origin: String, isOfficial: Bool?) -> String {
    let verdict = isOfficial.map { $0 ? "official" : "not official" } ?? "none published for this set"
    return line("data set", displayable(name)) + line("from", displayable(origin)) + line("checksums", verdict)
}

private func line(_ title: String, _ text: String) -> String {
    "\(padded(title, to: 12))\(text)\n"
}
