import Reporting
import Schema

/// `trial.json` in a trial's folder: which trial it is, and why it failed if it did.
struct TrialNote: Sendable {
    static let file = "trial.json"
    /// More than anybody makes: a greater number was not written by this tool.
    private static let mostAttempts = 1_000_000

    var trial: SweepTrial
    /// One line; nil unless it failed.
    var failure: String?
    /// The number of times it was started, counting restarts after a failure only, so that processes which share a sweep can
    /// tell a new failure from an old one.
    var attempts = 1

    init(_ trial: SweepTrial) { self.trial = trial }

    /// Reads the note of a folder; nil where there is none, or one that makes no sense.
    init?(in folder: String) throws(FileError) {
        guard let bytes = try readFileIfThere("\(folder)/\(Self.file)"), let json = try? JSON(parsing: bytes)
        else { return nil }
        var problems = Problems()
        trial = SweepTrial(from: Place(json), &problems)
        guard problems.isEmpty else { return nil }
        failure = json["failure"]?.text
        let count = json["attempts"].flatMap { try? Int(from: $0) }
        attempts = count.flatMap { (1...Self.mostAttempts).contains($0) ? $0 : nil } ?? 1
    }

    func write(in folder: String) throws(FileError) {
        var json = trial.json
        json["attempts"] = JSON(attempts)
        json["failure"] = JSON(failure)
        try AtomicFile.write(json.pretty, to: "\(folder)/\(Self.file)")
    }
}
