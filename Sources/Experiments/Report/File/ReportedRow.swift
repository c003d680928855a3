import Schema

/// One experiment of a report: a config, or some groups of its sweep, with what was reported of it.
package struct ReportedRow: Described {
    /// Its path without `.json`, from the folder of the reports.
    package var config = ""
    /// What its settings are called; nil where they speak for themselves.
    package var label: String?
    /// A group belongs to the first row that chooses it, so that a last one without settings stands for the rest.
    package var settings = GroupChoice.all
    /// Where its runs lie, where that is not the config's path.
    package var runs: String?
    /// How many the report's network has.
    package var parameters: Int?
    /// How many of them are learned.
    package var trainable: Int?
    /// The epoch of its figures, if another than the study's.
    package var at: EpochPlace?
    /// What the report says of the runs.
    package var reported: [ReportedFigure] = []
    /// Why ours differ, or how the report was read where it leaves something open.
    package var why: String?
    /// Why there are no runs, and need be no config.
    package var notRun: String?

    package init() {}

    package static let name = "row"
    package static let summary = "One experiment of a report."
    package static var fields: [Field<ReportedRow>] {
        [
            .required("config", \.config, as: .path, "the config's path without .json, from the folder of this file"),
            .optional("label", \.label, "what the settings are called"),
            .optional("settings", \.settings, "the groups of the config's sweep"),
            .optional("runs", \.runs, as: Format.path.orNull, "where the runs lie, if not at the config's path"),
            .optional("parameters", \.parameters, in: 0...mostParameters, "how many there are"),
            .optional("trainable", \.trainable, in: 0...mostParameters, "how many of them are learned"),
            .optional("at", \.at, "the epoch of the figures, if another than the study's"),
            .optional("reported", \.reported, as: ReportedFigure.list, "the figures"),
            .optional("why", \.why, "why ours differ, or how the report was read"),
            .optional("not_run", \.notRun, "why there are no runs"),
        ]
    }

    /// Beyond it a number of parameters would not be exact.
    static let mostParameters = 1 << 53

    /// The folder of its runs.
    var folder: String { runs ?? config }
}
