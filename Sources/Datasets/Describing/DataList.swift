import Schema

/// What `data list` shows: every known set, and where this machine has it.
package struct DataList: Sendable {
    /// One known set.
    package struct Entry: Sendable {
        /// The set's name.
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

    /// Everything, for programs.
    package var json: JSON {
        let sets = sets.map { set -> JSON in
            ["name": JSON(set.name), "title": JSON(set.title), "present": JSON(set.isPresent), "path": JSON(set.path)]
        }
        return ["sets": JSON(.array(sets))]
    }
}
