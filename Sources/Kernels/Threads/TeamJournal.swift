/// What a team did, in order: the jobs with their pieces and durations.
package struct TeamJournal: Sendable {
    /// A job that was run.
    package struct Entry: Sendable {
        package let title: String
        package let pieces: Int
        package let seconds: Double
    }

    package private(set) var entries: [Entry] = []

    package init() {}

    mutating func add(_ job: any Job, pieces: Int, since start: ContinuousClock.Instant) {
        let (seconds, attoseconds) = (ContinuousClock.now - start).components
        entries.append(
            Entry(title: job.title, pieces: pieces, seconds: Double(seconds) + Double(attoseconds) * 1e-18))
    }
}
