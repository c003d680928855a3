import Schema

/// What published reports say of the experiments that configs are made after: the input of `report`.
package struct ReportFile: Described {
    /// The heading of the page.
    package var title = ""
    /// The text below the heading.
    package var description = ""
    /// In the order in which they are shown.
    package var studies: [ReportedStudy] = []

    package init() {}

    package static let name = "reports"
    package static let summary = "Figures of published reports, to be set beside those of runs."
    package static var fields: [Field<ReportFile>] {
        [
            .required("title", \.title, "the heading"),
            .optional("description", \.description, "what stands below it"),
            .required("studies", \.studies, as: .list(of: ReportedStudy.format, count: 1...), "the reports"),
        ]
    }
}

/// One published report.
package struct ReportedStudy: Described {
    /// The heading of its part.
    package var name = ""
    /// What is common to its experiments.
    package var description = ""
    /// How far a reported accuracy may lie above ours.
    package var tolerance = 0.0
    /// The epoch that figures are taken from where they do not say it themselves.
    package var at = EpochPlace.last
    /// Its experiments.
    package var rows: [ReportedRow] = []
    /// What it concludes from them.
    package var claims: [ReportedClaim] = []
    /// Files that are shown before its tables.
    package var pictures: [ReportedPicture] = []

    package init() {}

    package static let name = "study"
    package static let summary = "One published report."
    package static var fields: [Field<ReportedStudy>] {
        [
            .required("name", \.name, "the heading of its part"),
            .optional("description", \.description, "what is common to its experiments"),
            .required("tolerance", \.tolerance, in: 0...1, "how far a reported accuracy may lie above ours"),
            .optional("at", \.at, "the epoch that figures are taken from unless they say it themselves"),
            .required("rows", \.rows, as: .list(of: ReportedRow.format, count: 1...), "its experiments"),
            .optional("claims", \.claims, "what it concludes from them"),
            .optional("pictures", \.pictures, "what is shown of it"),
        ]
    }
}

/// A picture that the tool has drawn, kept beside the report.
package struct ReportedPicture: Described {
    /// From the folder of the written page; what is not there is looked for beside the file of reports.
    package var file = ""
    /// What it shows, for those who cannot see it, too.
    package var caption = ""

    package init() {}

    package static let name = "picture"
    package static let summary = "A picture, and what it shows."
    package static var fields: [Field<ReportedPicture>] {
        [
            .required("file", \.file, as: .path, "an SVG file, from the folder of the page"),
            .required("caption", \.caption, "what it shows"),
        ]
    }
}
