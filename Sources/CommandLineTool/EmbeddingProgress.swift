import Reporting

/// Shows how far an embedding is: a bar on a terminal, nothing elsewhere.
final class EmbeddingProgress {
    private var block: ProgressBlock
    private let style: Style
    private let iterations: Int
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var firstShown: Double?

    init(_ block: ProgressBlock, style: Style, iterations: Int) {
        self.block = block
        self.style = style
        self.iterations = iterations
        began = clock.now
    }

    /// After so many iterations.
    func show(_ iteration: Int) {
        let now = (clock.now - began).inSeconds
        let first = firstShown ?? now
        firstShown = first
        let left = iteration > 1 ? (now - first) / Double(iteration - 1) * Double(iterations - iteration) : nil
        block.show(now: now) { width in [Self.line(iteration, of: iterations, secondsLeft: left, width, style)] }
    }

    /// Removes the bar.
    func end() { block.clear() }

    /// `t-SNE ━━━━━━╸──  400/1000  0:02 left`; what does not fit is left out.
    static func line(
        _ iteration: Int, of iterations: Int, secondsLeft: Double?, _ width: Int, _ style: Style = .plain
    ) -> String {
        let count = padded("\(iteration)", to: "\(iterations)".count, toTheRight: true) + "/\(iterations)"
        let left = secondsLeft.map { "  \(Reporting.clock($0)) left" } ?? ""
        let label = truncated("t-SNE  \(count)\(left)", to: width)
        let room = min(30, width - displayWidth("t-SNE   \(count)\(left)"))
        guard room >= 6 else { return label }
        let share = Double(iteration) / Double(max(iterations, 1))
        return "t-SNE \(progressBar(share: share, width: room, style: style))  \(count)\(left)"
    }
}
