/// How many threads take part in training steps, chosen by measuring; results never depend on it.
///
/// Two processors that lie far apart take longer for a small step together than one of them alone, and only
/// trying can tell. All threads, half of them, and so on down to one take turns of a few steps each, several times, because other
/// programs disturb now the one and now the other; those that were clearly faster go on. From time to time they are compared
/// with twice and half as many again. Long steps are worth all threads.
struct ThreadChoice {
    /// The number of threads for the next step.
    var threads: Int { candidates[turn.map { compared[$0 % compared.count] } ?? choice] }
    private let candidates: [Int]
    private var choice = 0
    /// The candidates of a comparison.
    private var compared: [Int]
    /// Which turn of the comparison it is, if one is under way.
    private var turn: Int?
    /// Steps of the turn so far.
    private var stepsDone = 0
    /// The seconds of each compared candidate's steps.
    private var times: [[Double]] = []
    private var stepsUntilComparison = firstSteps

    /// Steps before the first comparison, in which caches and memory fill.
    private static let firstSteps = 4
    /// The first step of a turn does not count: threads may have to wake up.
    private static let stepsOfTurn = 6
    private static let turnsOfCandidate = 5
    private static let stepsBetweenComparisons = 2000
    /// A step longer than this is worth all threads, in seconds.
    private static let longStep = 0.002
    /// What fewer threads must take at most, as a share of the time of more.
    private static let clearlyLess = 0.9

    init(threads: Int) {
        candidates = Array(sequence(first: max(1, threads)) { $0 > 1 ? $0 / 2 : nil })
        compared = Array(candidates.indices)
    }

    /// To be told of every step.
    mutating func stepTook(_ seconds: Double) {
        guard candidates.count > 1 else { return }
        guard let turn else {
            stepsUntilComparison -= 1
            if stepsUntilComparison <= 0 { beginComparison() }
            return
        }
        if stepsDone > 0 { times[turn % compared.count].append(seconds) }
        stepsDone += 1
        guard stepsDone == Self.stepsOfTurn else { return }
        stepsDone = 0
        let isLong = compared[0] == 0 && Self.median(times[0]) > Self.longStep
        if isLong || turn + 1 == Self.turnsOfCandidate * compared.count {
            endComparison(isLong)
        } else {
            self.turn = turn + 1
        }
    }

    private mutating func beginComparison() {
        turn = 0
        times = compared.map { _ in [] }
    }

    private mutating func endComparison(_ isLong: Bool) {
        choice = compared[isLong ? 0 : fastest]
        compared = [choice - 1, choice, choice + 1].filter(candidates.indices.contains)
        turn = nil
        stepsUntilComparison = Self.stepsBetweenComparisons
    }

    /// The place among those compared of the most threads that no fewer ones clearly beat.
    private var fastest: Int {
        let medians = times.map(Self.median)
        return medians.indices.reduce(0) { medians[$1] < Self.clearlyLess * medians[$0] ? $1 : $0 }
    }

    private static func median(_ times: [Double]) -> Double { times.sorted()[times.count / 2] }
}
