import Schema

/// The options of `sbatch` that a user adds: where a sweep may run, for how long, and at whose expense.
package struct SbatchOptions: Sendable, Equatable {
    /// Each option with its value, as it was written: `-p short`, `--mem=4G`.
    let lines: [[String]]

    /// Sorts words into options; throws all that `sbatch` would not take, or that the sweep decides itself.
    package init(_ words: [String]) throws(Problems) {
        var problems = Problems()
        var lines: [[String]] = []
        for word in words {
            if word.hasPrefix("-"), word != "-" {
                lines.append([word])
            } else if lines.isEmpty || lines[lines.count - 1].count == 2 || lines[lines.count - 1][0].contains("=") {
                problems.append(
                    Problem(
                        "\(quoted(word)) is no option of sbatch",
                        remedy: "after -- write options as sbatch takes them, such as --time=1:00:00; "
                            + "the script is made by --submit"))
            } else {
                lines[lines.count - 1].append(word)
            }
            if word.contains(where: \.isNewline) { problems.append(Problem("\(quoted(word)) has more than one line")) }
        }
        for line in lines {
            guard let remedy = Self.reserved[Self.name(of: line)] else { continue }
            problems.append(Problem("\(line[0]) is decided by --submit", remedy: remedy))
        }
        guard problems.isEmpty else { throw problems }
        self.lines = lines
    }

    /// Options that would break the sweep, and what to use instead.
    private static let reserved: [String: String] = {
        let script = "leave it out"
        let tasks = "use --tasks, as in --tasks 20%4 for 20 tasks, 4 at a time"
        return [
            "--array": tasks, "-a": tasks, "--wrap": script, "--parsable": script, "--test-only": script,
            "--wait": "use --status to see when it is done", "-W": "use --status to see when it is done",
            "--no-requeue": "checkpoints make it safe to begin again", "--help": script, "-h": script,
            "--ntasks": "one process is enough for a task; --cpus-per-task gives it more threads",
            "-n": "one process is enough for a task; --cpus-per-task gives it more threads",
            "--chdir": "call the tool in the folder where it is to run",
            "-D": "call the tool in the folder where it is to run",
        ]
    }()

    /// Those that also hold for the small job that makes the tables: where it may run, not how large it is.
    var forCollecting: [[String]] {
        lines.filter { Self.general.contains(Self.name(of: $0)) }
    }

    private static let general: Set<String> = [
        "--account", "-A", "--partition", "-p", "--qos", "-q", "--reservation", "--clusters", "-M", "--constraint",
        "-C",
        "--time", "-t", "--wckey", "--comment", "--mail-user", "--mail-type",
    ]

    /// `--time` of `--time=5`, `-t` of `-t5`.
    private static func name(of line: [String]) -> String {
        let word = line[0]
        return word.hasPrefix("--") ? String(word.prefix { $0 != "=" }) : String(word.prefix(2))
    }
}

/// How many tasks an array has, and how many of them may run at a time: `20%4`.
package struct ArraySize: Sendable, Equatable {
    package let count: Int
    /// Nil for as many as Slurm allows.
    package let limit: Int?

    package init(count: Int, limit: Int? = nil) {
        self.count = count
        self.limit = limit
    }

    /// Parses `N` or `N%M`.
    package init?(_ text: String) {
        let parts = text.split(separator: "%", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count <= 2, parts.allSatisfy({ $0.map { 1...100_000 ~= $0 } ?? false }), let count = parts[0]
        else { return nil }
        self.init(count: count, limit: parts.count == 2 ? parts[1] : nil)
    }

    /// As many tasks as this one has at most.
    func atMost(_ count: Int) -> ArraySize { ArraySize(count: min(self.count, count), limit: limit) }

    /// `1-20%4`, as `--array` takes it.
    var range: String { "1-\(count)" + (limit.map { "%\($0)" } ?? "") }
}
