/// How many threads take part in training steps, chosen by measuring; results never depend on it.
///
/// Two processors that lie far apart take longer for a small step together than one of them alone, and nobody can know that but
/// by trying. All threads, half of them, and so on down to one do a few steps each, and those that were fastest go on; from time
/// to time they are compared again, because machines are shared. Long steps are worth all threads.
struct ThreadChoice {
    /// The number of threads for the next step.
    var threads: Int { candidates[trial ?? choice] }
    private let candidates: [Int]
    private var choice = 0
    /// The candidate that is being tried, if a comparison is under way.
    private var trial: Int?
    private var stepsOfTrial: [Double] = []
    /// The median time of a step with each candidate.
    private var medians: [Double]
    private var stepsUntilComparison = firstSteps

    /// Steps before the first comparison, in which caches and memory fill.
    private static let firstSteps = 4
    private static let stepsOfCandidate = 9
    private static let stepsBetweenComparisons = 4000
    /// Seconds from which on a step is worth all threads.
    private static let longStep = 0.002
    /// What fewer threads must take at most, as a share of the time of more.
    private static let gain = 0.9

    init(threads: Int) {
        candidates = Array(sequence(first: max(1, threads)) { $0 > 1 ? $0 / 2 : nil })
        medians = candidates.map { _ in .infinity }
    }

    /// To be told of every step.
    mutating func stepTook(_ seconds: Double) {
        guard candidates.count > 1 else { return }
        guard let trial else {
            stepsUntilComparison -= 1
            if stepsUntilComparison <= 0 { begin(0) }
            return
        }
        stepsOfTrial.append(seconds)
        guard stepsOfTrial.count == Self.stepsOfCandidate else { return }
        medians[trial] = stepsOfTrial.sorted()[Self.stepsOfCandidate / 2]
        if medians[0] > Self.longStep {
            end(with: 0)
        } else if trial + 1 < candidates.count {
            begin(trial + 1)
        } else {
            end(with: medians.indices.reduce(0) { medians[$1] < Self.gain * medians[$0] ? $1 : $0 })
        }
    }

    private mutating func begin(_ candidate: Int) {
        trial = candidate
        stepsOfTrial.removeAll(keepingCapacity: true)
    }

    private mutating func end(with candidate: Int) {
        choice = candidate
        trial = nil
        stepsUntilComparison = Self.stepsBetweenComparisons
    }
}
