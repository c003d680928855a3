import Reporting

/// How long each epoch took; separate from the curves, so that those can be compared byte by byte.
struct TimingsOutput: RunOutput {
    static let files: [RunFile] = [.timings]

    func runBegan(_ run: RunView) throws { try run.directory.write(run.timings.text, to: .timings) }
    func epochEnded(_ run: RunView) throws { try run.directory.write(run.timings.text, to: .timings) }
}

extension RunFile {
    package static let timings = RunFile(rawValue: "timings.csv")
}

/// The rows of `timings.csv`.
package struct Timings: Sendable {
    private var rows: [[String]] = []

    private static let header = ["epoch", "seconds", "images_per_second"]

    /// Takes over the rows before an epoch from the file of an interrupted run, if there is one.
    init(resuming text: String?, before epoch: Int) {
        guard let text, let csv = try? CSV(parsing: text), csv.header == Self.header else { return }
        rows = csv.rows.filter { row in Int(row[0]).map { $0 < epoch } ?? false }
    }

    mutating func append(epoch: Int, seconds: Double, imagesPerSecond: Double) {
        rows.append(["\(epoch)", fixed(seconds, digits: 6), fixed(imagesPerSecond, digits: 1)])
    }

    /// The total over all epochs.
    package var seconds: Double { rows.compactMap { Double($0[1]) }.reduce(0, +) }

    var text: String { CSV(header: Self.header, rows: rows).text }
}
