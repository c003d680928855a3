/// The progress of training, and how it looks on one line of a terminal.
///
/// The line is a pure function of state and width; at any width it keeps what matters most and fits:
///
///     epoch  3/15 ━━━━━━━━━━╸─────────  210/422  loss 0.0913  acc 0.9712  41.2k img/s  0:07 left
package struct Progress: Sendable, Equatable {
    /// Counted from one, as people do.
    package var epoch: Int
    package var epochs: Int

    /// How many steps of the epoch are done.
    package var step: Int
    package var steps: Int

    package var loss: Double?
    package var accuracy: Double?
    package var imagesPerSecond: Double?

    /// Until the epoch ends.
    package var secondsLeft: Double?

    /// The state after some steps; what is not known yet is not shown.
    package init(
        epoch: Int, of epochs: Int, step: Int, of steps: Int, loss: Double? = nil, accuracy: Double? = nil,
        imagesPerSecond: Double? = nil, secondsLeft: Double? = nil
    ) {
        self.epoch = epoch
        self.epochs = epochs
        self.step = step
        self.steps = steps
        self.loss = loss
        self.accuracy = accuracy
        self.imagesPerSecond = imagesPerSecond
        self.secondsLeft = secondsLeft
    }

    /// One line of at most `width` columns, without line feed.
    package func line(width: Int, style: Style = .plain) -> String {
        // From the most to the least important; shown in the order of `place`.
        var parts: [(place: Int, text: String)] = []
        if let loss { parts.append((1, padded("loss \(metric(loss))", to: 11))) }
        if let accuracy { parts.append((2, "acc \(metric(accuracy))")) }
        if let secondsLeft { parts.append((4, padded("\(clock(secondsLeft)) left", to: 9))) }
        parts.append((0, "\(padded("\(step)", to: "\(steps)".count, toTheRight: true))/\(steps)"))
        if let imagesPerSecond { parts.append((3, padded("\(rate(imagesPerSecond)) img/s", to: 11, toTheRight: true))) }

        let label = epochLabel(epoch, of: epochs, isShort: width < 30)
        func room(_ count: Int) -> Int {
            width - displayWidth(label) - 1 - parts.prefix(count).reduce(0) { $0 + 2 + displayWidth($1.text) }
        }
        // A bar shorter than this shows nothing; then fields go, the least important first.
        let shortestBar = 6
        var shown = parts.count
        while shown > 0, room(shown) < shortestBar { shown -= 1 }
        let share = steps > 0 ? Double(step) / Double(steps) : 0
        let bar = progressBar(share: share, width: min(room(shown), Self.longestBar), style: style)
        let fields = parts.prefix(shown).sorted { $0.place < $1.place }.map { "  " + $0.text }.joined()
        return bar.isEmpty ? truncated(label, to: width) : "\(label) \(bar)\(fields)"
    }

    private static let longestBar = 30

    private func rate(_ perSecond: Double) -> String {
        guard perSecond.isFinite else { return "-" }
        return scaled(perSecond.rounded(), unit: "").filter { $0 != " " }
    }
}

/// `epoch  3/15`, or `3/15` where columns are dear.
private func epochLabel(_ epoch: Int, of epochs: Int, isShort: Bool) -> String {
    let count = "\(padded("\(epoch)", to: "\(epochs)".count, toTheRight: true))/\(epochs)"
    return isShort ? count : "epoch \(count)"
}

/// What stays of an epoch: `epoch  3/15  loss 0.0913  acc 0.9712  val_loss 0.0512  12.3 s`.
package struct EpochReport: Sendable {
    /// Counted from one, as people do.
    package var epoch: Int
    package var epochs: Int

    /// In the order in which they are shown.
    package var metrics: [(name: String, value: Double)]
    package var seconds: Double

    /// The report of one epoch that has ended.
    package init(epoch: Int, of epochs: Int, metrics: [(name: String, value: Double)], seconds: Double) {
        self.epoch = epoch
        self.epochs = epochs
        self.metrics = metrics
        self.seconds = seconds
    }

    /// One line without line feed; or, where it would be wider than `width` columns, several that break between figures and
    /// are indented.
    package func lines(width: Int? = nil) -> [String] {
        let fields = metrics.map { "\(displayable($0.name)) \(metric($0.value))" }
        let time = padded(duration(seconds), to: 6, toTheRight: true)
        let label = epochLabel(epoch, of: epochs, isShort: (width ?? .max) < 30)
        var lines = [label]
        for field in fields + [time] {
            let longer = "\(lines[lines.count - 1])  \(field)"
            if displayWidth(longer) <= width ?? .max {
                lines[lines.count - 1] = longer
            } else {
                lines.append("  " + field.drop { $0 == " " })
            }
        }
        return lines.map { truncated($0, to: width ?? .max) }
    }
}
