import Training

/// Takes the fastest of several rounds, which other programs on the machine have disturbed least.
struct Stopwatch: Sendable {
    /// What one figure should take, all rounds together.
    let seconds: Double

    /// The number of rounds that the time is divided into: many for very short calls, of which any could be the undisturbed one.
    var mostRounds = 5

    /// After one call that does not count, the mean time of a call in the fastest round. What is so slow that a round of
    /// one call is too long already gets two of them.
    func secondsPerCall(_ body: () throws -> Void) rethrows -> Double {
        try body()
        let start = ContinuousClock.now
        var rounds: [Double] = []
        while rounds.count < 2 || rounds.count < mostRounds && (ContinuousClock.now - start).inSeconds < seconds {
            let start = ContinuousClock.now
            var calls = 0
            var passed = 0.0
            repeat {
                try body()
                calls += 1
                passed = (ContinuousClock.now - start).inSeconds
            } while passed < seconds / Double(mostRounds)
            rounds.append(passed / Double(calls))
        }
        return rounds.min() ?? .nan
    }
}
