import Reporting
import Schema

/// The epochs of a trial, as its files tell of them.
struct TrialTimes {
    /// The seconds of each that is done.
    let epochs: [Double]
    /// How many there are by its config, if it has begun.
    let config: Int?
    /// How many there are at most.
    let most: Int

    init(in folder: String, longest: Int) {
        let text = try? readFile("\(folder)/\(RunFile.timings.rawValue)")
        let table = text.flatMap { try? CSV(parsing: String(decoding: $0, as: UTF8.self)) }
        epochs = table.flatMap { try? $0.numbers(in: "seconds") } ?? []
        let json = (try? readFile("\(folder)/\(RunFile.config.rawValue)")).flatMap { try? JSON(parsing: $0) }
        config = json?["training"]?["epochs"].flatMap { try? Int(from: $0) }
        most = config ?? longest
    }
}

/// How fast trials have been, and what is left of them.
struct Pace {
    private var seconds = 0.0
    private var epochs = 0
    private var epochsLeft = 0

    mutating func add(_ times: TrialTimes, isOpen: Bool) {
        seconds += times.epochs.reduce(0, +)
        epochs += times.epochs.count
        if isOpen { epochsLeft += max(0, times.most - times.epochs.count) }
    }

    func secondsLeft(with processes: Int) -> Double? {
        guard epochs > 0, processes > 0 else { return epochsLeft == 0 ? 0 : nil }
        return seconds / Double(epochs) * Double(epochsLeft) / Double(processes)
    }
}
