import Schema

/// What a sweep's directory tells about its trials, in the sweep's order.
package struct SavedSweep: Sendable {
    /// As the user wrote it.
    package var directory: String

    /// The experiment's.
    package var name: String?

    /// How many trials there are to be, without those that its own rules leave out.
    package var plannedTrials = 0

    /// What varies in each trial, finished or not.
    var settings: [[JSON.Member]] = []

    /// Those that have run to their end.
    package var trials: [TrialResult] = []

    /// The same trials with everything that their directories tell.
    package var runs: [SavedRun] = []

    /// A trial as `sweep.json` has it.
    struct Trial {
        var name: String
        var values: [JSON.Member]
        var seed: Int?
        var fold: Int?

        /// Passes over what newer versions may write besides.
        init?(_ place: Place, _ problems: inout Problems) {
            guard let named = place["name"] else {
                problems.append(place.problem("missing key \"name\""))
                return nil
            }
            guard let name = Format.nameInFolder.read(named, &problems) else { return nil }
            self.name = name
            values = place["values"]?.json.members ?? []
            seed = place["seed"].flatMap { Int.format.orNull.read($0, &problems) ?? nil }
            fold = place["fold"].flatMap { Int.format.orNull.read($0, &problems) ?? nil }
            // Of no use here, but a record that a sweep cannot be read from should not pass for whole.
            _ = place["group"].flatMap { Format.group.read($0, &problems) }
            _ = place["digest"].flatMap { Format.nameInFolder.read($0, &problems) }
        }

        /// With the figures of its run.
        func result(_ run: SavedRun) -> TrialResult {
            TrialResult(name: name, values: values, seed: seed, fold: fold, metrics: run.metrics)
        }
    }
}
