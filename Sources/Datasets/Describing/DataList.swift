import Schema

/// What `data list` shows: every known set, and where this machine has it.
package struct DataList: Sendable {
    package struct Entry: Sendable {
        package let name: String

        /// What it holds.
        package let title: String

        /// Whether it can be used without a network.
        package let isPresent: Bool

        /// Where it is, where it is a matter of files.
        package let path: String?
    }

    /// In the order of `KnownDataset.all`.
    package let sets: [Entry]

    /// Looks for every known set; reads none.
    package init(_ search: DataSearch) {
        sets = KnownDataset.all.map { set in
            let found = search.find(set)
            return Entry(
                name: set.name, title: set.title, isPresent: set.isMade || found != nil, path: found?.path)
        }
    }

    /// The document that `--json` prints.
    package var json: JSON {
        let sets = sets.map { set -> JSON in
            ["name": JSON(set.name), "title": JSON(set.title), "present": JSON(set.isPresent), "path": JSON(set.path)]
        }
        return ["sets": JSON(.array(sets))]
    }
}
