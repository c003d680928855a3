import Reporting
import Schema

/// A file of reports, each of its rows with the groups of runs that it is about.
package struct ReportPlan: Sendable {
    /// A report with its rows and claims in its order.
    struct Study: Sendable {
        let said: ReportedStudy
        let rows: [Row]
        let claims: [Claim]
    }

    /// One row, for each of whose groups the same was reported.
    struct Row: Sendable {
        let said: ReportedRow
        let groups: [PlannedConfig.Group]
    }

    /// A claim with both of its sides.
    struct Claim: Sendable {
        let said: ReportedClaim
        let first: Side
        let second: Side
    }

    /// One side of a claim, with nothing left out.
    struct Side: Sendable {
        let label: String
        let folder: String
        let groups: [PlannedConfig.Group]
        let figure: Figure
    }

    /// What the file says.
    let file: ReportFile
    /// Where it lies.
    let folder: String
    /// In the order of the file.
    let studies: [Study]

    /// Reads a file, and the configs that it names from its folder.
    package init(reading path: String) throws {
        try self.init(readFile(path, atMost: JSON.largestText), file: path, folder: Experiments.folder(of: path))
    }

    /// Binds what a text says to the configs in a folder, or throws everything that is wrong with either.
    init(_ text: [UInt8], file name: String, folder: String) throws(Problems) {
        var problems = Problems()
        problems.file = displayable(name)
        do {
            let json = try JSON(parsing: text)
            let file = try ReportFile(from: json)
            var binder = ReportBinder(folder: folder)
            let root = Place(json)
            studies = file.studies.indices.map { index in
                binder.study(file.studies[index], at: root["studies"]?[index] ?? root)
            }
            self.file = file
            self.folder = folder
            problems.append(contentsOf: binder.problems)
        } catch {
            problems.append(contentsOf: error)
            throw problems
        }
        guard problems.isEmpty else { throw problems.sorted }
    }

    /// The configs that rows are about, each once; those of rows that cannot be run are none.
    package var configs: [String] {
        var seen: Set<String> = []
        return studies.flatMap(\.rows).filter { $0.said.notRun == nil }.map(\.said.config)
            .filter { seen.insert($0).inserted }
    }
}
