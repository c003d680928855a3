/// The files of a run directory.
package enum RunFile: String, CaseIterable, Sendable {
    /// Resolved, with every default written out.
    case config = "config.json"
    case summaryText = "summary.txt"
    case summary = "summary.json"
    /// A row an epoch.
    case curves = "curves.csv"
    /// Wall-clock, apart from everything that must be the same each time.
    case timings = "timings.csv"
    case result = "result.json"
    case confusion = "confusion.csv"
    case model = "model.safetensors"
    /// There until the run is finished.
    case checkpoint = "checkpoint.safetensors"
    case provenance = "run.json"
}
