import Schema

/// Something that a report concludes, put so that runs can decide it.
package struct ReportedClaim: Described {
    /// How two means compare.
    package enum Relation: String, CaseIterable, Setting {
        case greater
        case less
        case equal
    }

    /// For people.
    package var claim = ""
    /// What the claim is about.
    package var first = ClaimSide()
    /// How the first mean compares with the second.
    package var relation = Relation.greater
    /// What it is compared with; whatever it leaves out is as in the first.
    package var second = ClaimSide()
    /// How far equals may differ; nil for the study's tolerance.
    package var within: Double?

    package init() {}

    package static let name = "claim"
    package static let summary = "Something that a report concludes, as a comparison of two means."
    package static var fields: [Field<ReportedClaim>] {
        [
            .required("claim", \.claim, "the conclusion, as a sentence"),
            .required("first", \.first, "what it is about"),
            .required("is", \.relation, "how the first lies to the second"),
            .required("second", \.second, "what it is compared with; whatever is left out is as in the first"),
            .optional("within", \.within, as: Double.format(in: .above(0)).orNull, "how far equals may differ"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        let first = place["first"] ?? place
        if self.first.config == nil { problems.append(first.problem("missing key \"config\"")) }
        if self.first.figure == nil { problems.append(first.problem("missing key \"figure\"")) }
        if within != nil, relation != .equal {
            problems.append(place.problem(at: "within", "this is only for what is \"equal\""))
        }
    }
}

/// A figure of some runs.
package struct ClaimSide: Described {
    /// Its path without `.json`.
    package var config: String?
    /// What the runs are called in a table.
    package var label: String?
    /// Nil for all groups of the config's sweep.
    package var settings: GroupChoice?
    /// Where the runs lie, where that is not the config's path.
    package var runs: String?
    /// What is compared.
    package var figure: Figure?

    /// As the other side.
    package init() {}

    package static let name = "side"
    package static let summary = "A figure of some runs."
    package static var fields: [Field<ClaimSide>] {
        [
            .optional("config", \.config, as: Format.path.orNull, "the config's path without .json"),
            .optional("label", \.label, "what the runs are called"),
            .optional("settings", \.settings, "the groups of the config's sweep"),
            .optional("runs", \.runs, as: Format.path.orNull, "where the runs lie, if not at the config's path"),
            .optional("figure", \.figure, "what is compared, such as \"val_loss@1\""),
        ]
    }
}
