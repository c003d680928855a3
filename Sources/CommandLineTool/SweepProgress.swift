import Experiments
import Reporting

/// Shows the progress of a sweep: a table that is redrawn on a terminal, one line per trial elsewhere.
final class SweepProgress: SweepObserver {
    private var block: ProgressBlock
    private let style: Style
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var last: SweepSnapshot?
    private var firstShare: Double?

    /// Whether the end of every epoch is a line, as logs of jobs should have it.
    private let tellsEpochs: Bool

    init(_ block: ProgressBlock, style: Style, tellsEpochs: Bool = false) {
        self.tellsEpochs = tellsEpochs
        self.block = block
        self.style = style
        began = clock.now
    }

    func receive(_ event: SweepEvent) {
        let now = (clock.now - began).inSeconds
        switch event {
        case .tick(let snapshot):
            last = snapshot
            let first = firstShare ?? snapshot.share
            firstShare = first
            let gained = snapshot.share - first
            // A first guess from nothing would be nonsense.
            let left = gained > 0.002 ? now * (1 - snapshot.share) / gained : nil
            block.show(now: now) { SweepScreen(snapshot, secondsLeft: left).lines(width: $0, style) }
        case .ended(let trial, let ending, let state):
            guard block.mode != .silent else { return }
            report(trial, ending, state)
        case .epochEnded(let trial, let record, let epochs):
            guard tellsEpochs, block.mode != .silent else { return }
            say(
                "epoch", style.bold, "\(record.epoch + 1)/\(epochs) \(trial.name)",
                ["loss \(metric(record.loss))", "acc \(metric(record.accuracy))"])
        }
    }

    /// Removes the table; the lines of trials that ended stay.
    func end() { block.clear() }

    private func report(_ trial: SweepTrial, _ ending: TrialEnding, _ state: TrialState) {
        switch ending {
        case .failed(let reason): say("failed", style.red, trial.name, [displayable(reason)])
        case .finished: say("done", style.green, trial.name, state.figures.map { "\($0.name) \(metric($0.value))" })
        case .foundFinished, .foundFailed, .paused, .stopped, .taken, .unable: break
        }
    }
}

extension SweepProgress {
    /// A line that stays. Where columns are short the name is cut, then the figures.
    private func say(_ word: String, _ style: (String) -> String, _ name: String, _ fields: [String]) {
        let figures = fields.map { "  " + $0 }.joined()
        guard let width = block.width else {
            block.say("\(word) \(name)\(figures)")
            return
        }
        let room = width - displayWidth(word) - 1
        let cut = truncated(name, to: max(room - displayWidth(figures), min(room, 12)))
        block.say("\(style(word)) \(truncated(cut + figures, to: room))")
    }
}

/// How a sweep looks on a terminal: its state in one line, then a line for each trial that runs.
struct SweepScreen {
    private let snapshot: SweepSnapshot
    private let secondsLeft: Double?

    init(_ snapshot: SweepSnapshot, secondsLeft: Double?) {
        self.snapshot = snapshot
        self.secondsLeft = secondsLeft
    }

    /// Lines of at most `width` columns.
    func lines(width: Int, _ style: Style = .plain) -> [String] {
        [head(width, style)] + snapshot.running.map { line(for: $0, width) }
    }

    /// `━━━━━━╸──  12/30  1 failed  0:32 left  best 0.9712 batch_size=64`; the last goes first where columns are short.
    private func head(_ width: Int, _ style: Style) -> String {
        var fields = ["\(snapshot.done)/\(snapshot.total)"]
        if snapshot.failed > 0 { fields.append("\(snapshot.failed) failed") }
        if snapshot.stopped > 0 { fields.append("\(snapshot.stopped) stopped") }
        if let secondsLeft { fields.append("\(Reporting.clock(secondsLeft)) left") }
        if let best = snapshot.best {
            fields.append("best \(snapshot.metric.rawValue) \(metric(best.value)) \(best.trial.name)")
        }
        let barWidth = width >= 60 ? 16 : width >= 40 ? 8 : 0
        var room = width - barWidth
        var text = ""
        for field in fields {
            let gap = text.isEmpty && barWidth == 0 ? "" : "  "
            guard room > displayWidth(gap) + 4 || text.isEmpty else { break }
            let part = truncated(gap + field, to: room)
            room -= displayWidth(part)
            text += part
        }
        return progressBar(share: snapshot.share, width: barWidth, style: style) + text
    }

    private func line(for running: SweepSnapshot.Running, _ width: Int) -> String {
        let total = "\(running.epochs)"
        var fields = ["begins"]
        if let step = running.step {
            fields = [
                "epoch \(padded("\(step.epoch + 1)", to: total.count, toTheRight: true))/\(total)",
                "loss \(metric(step.loss))", "acc \(metric(step.accuracy))",
            ]
        }
        // The name comes first and keeps at least half of the line.
        while fields.count > 1, fields.reduce(0, { $0 + $1.count + 2 }) > width / 2 { fields.removeLast() }
        let text = fields.map { "  " + $0 }.joined()
        let room = max(1, width - displayWidth(text) - 2)
        return truncated("  " + padded(truncated(running.trial.name, to: room), to: room) + text, to: width)
    }
}
