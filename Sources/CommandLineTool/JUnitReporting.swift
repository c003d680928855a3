import Experiments
import Reporting
import Schema

extension Call {
    /// Writes a report where `--junit` wants one.
    func write(_ report: JUnitReport) throws {
        if let path = self[Common.junit] { try AtomicFile.write(report.xml, to: path) }
    }

    /// Runs what ends with a report. If it ends with an error instead, then that is reported as a failing case, because a CI
    /// system takes a report that is not there for a success, or shows an old one.
    func reportingFailure(of config: String, _ body: () throws -> ExitCode) throws -> ExitCode {
        // If the report cannot be written, it should be known before hours of training.
        if let path = self[Common.junit] { _ = try AtomicFile(at: path) }
        do {
            return try body()
        } catch {
            let problems = (error as? UsageError)?.problems ?? error as? Problems
            let failure = problems?.rendered() ?? "\(error)"
            try? write(JUnitReport(run: config, expectations: [], seconds: 0, failure: failure))
            throw error
        }
    }
}
