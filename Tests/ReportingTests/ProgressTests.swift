import Testing

@testable import Reporting

@Suite struct ProgressTests {
    static let running = Progress(
        epoch: 3, of: 15, step: 210, of: 422, loss: 0.09131, accuracy: 0.97123, imagesPerSecond: 41_234,
        secondsLeft: 6.6)
    static let starting = Progress(epoch: 1, of: 5, step: 0, of: 422)
    static let done = Progress(
        epoch: 15, of: 15, step: 422, of: 422, loss: 1e-7, accuracy: 1, imagesPerSecond: 950, secondsLeft: 0)
    static let diverged = Progress(
        epoch: 1, of: 1000, step: 7, of: 100_000, loss: .nan, accuracy: 0.1, imagesPerSecond: .infinity,
        secondsLeft: 400_000)

    @Test(arguments: lines)
    func `a line keeps what matters most at every width`(state: Progress, width: Int, line: String) {
        #expect(state.line(width: width) == line)
    }

    static let lines: [(Progress, Int, String)] = [
        (running, 20, " 3/15 ━━━━━━╸───────"),
        (running, 40, "epoch  3/15 ━━━━━━━────────  loss 0.0913"),
        (running, 60, "epoch  3/15 ━━━━━╸──────  loss 0.0913  acc 0.9712  0:07 left"),
        (running, 80, "epoch  3/15 ━━━━╸─────  210/422  loss 0.0913  acc 0.9712  41.2k img/s  0:07 left"),
        (
            running, 200,
            "epoch  3/15 ━━━━━━━━━━━━━━╸───────────────  210/422  "
                + "loss 0.0913  acc 0.9712  41.2k img/s  0:07 left"
        ),
        (starting, 20, "1/5 ───────    0/422"),
        (starting, 80, "epoch 1/5 ──────────────────────────────    0/422"),
        (done, 80, "epoch 15/15 ━━━━━━━━━━  422/422  loss 1e-07   acc 1.0000    950 img/s  0:00 left"),
        (diverged, 20, "   1/1000 ──────────"),
        (diverged, 40, "epoch    1/1000 ───────────  loss nan   "),
        (diverged, 80, "epoch    1/1000 ───────────       7/100000  loss nan     acc 0.1000  4d 15h left"),
        (running, 8, " 3/15 ╸─"), (running, 5, " 3/15"), (running, 3, " 3…"),
    ]

    @Test(arguments: 0...220)
    func `a line never exceeds its width`(width: Int) {
        for state in [Self.running, Self.starting, Self.done, Self.diverged] {
            #expect(displayWidth(state.line(width: width)) <= width)
        }
    }

    @Test func `colours add nothing but their sequences`() {
        let colored = Self.running.line(width: 60, style: .colored)
        #expect(colored != Self.running.line(width: 60))
        var plain = ""
        var isSequence = false
        for scalar in colored.unicodeScalars {
            if scalar == "\u{1B}" { isSequence = true }
            if !isSequence { plain.unicodeScalars.append(scalar) }
            if scalar == "m" { isSequence = false }
        }
        #expect(plain == Self.running.line(width: 60))
    }

    @Test(
        arguments: [
            (nil, ["epoch  3/15  loss 0.0913  accuracy 0.9712  val_loss 0.0512  val_accuracy 0.9855  12.3 s"]),
            (200, ["epoch  3/15  loss 0.0913  accuracy 0.9712  val_loss 0.0512  val_accuracy 0.9855  12.3 s"]),
            (80, ["epoch  3/15  loss 0.0913  accuracy 0.9712  val_loss 0.0512  val_accuracy 0.9855", "  12.3 s"]),
            (
                40,
                ["epoch  3/15  loss 0.0913", "  accuracy 0.9712  val_loss 0.0512", "  val_accuracy 0.9855  12.3 s"]
            ),
            (20, [" 3/15  loss 0.0913", "  accuracy 0.9712", "  val_loss 0.0512", "  val_accuracy 0.98…", "  12.3 s"]),
        ] as [(Int?, [String])])
    func `an epoch's report breaks between figures where a screen is narrow`(width: Int?, lines: [String]) {
        let report = EpochReport(
            epoch: 3, of: 15,
            metrics: [("loss", 0.0913), ("accuracy", 0.9712), ("val_loss", 0.0512), ("val_accuracy", 0.9855)],
            seconds: 12.3)
        #expect(report.lines(width: width) == lines)
    }
}

@Suite struct ProgressWriterTests {
    /// What a writer wrote, in a screen that can be resized.
    final class Screen {
        var width = 41
        var written: [String] = []
        func writer(_ mode: ProgressWriter.Mode) -> ProgressWriter {
            ProgressWriter(mode: mode, width: { self.width }, write: { if !$0.isEmpty { self.written.append($0) } })
        }
    }

    static let report = EpochReport(epoch: 1, of: 2, metrics: [("loss", 0.5)], seconds: 1)
    static let line = ProgressTests.running.line(width: 40)

    @Test func `a line is redrawn eight times a second at most`() {
        let screen = Screen()
        var writer = screen.writer(.redrawn)
        for millisecond in 0..<1000 { writer.show(ProgressTests.running, now: Double(millisecond) / 1000) }
        #expect(screen.written.count == 8)
        #expect(screen.written[0] == Self.line)
        #expect(screen.written[1] == "\r\u{1B}[J" + Self.line)
    }

    @Test func `a line that the screen has broken since is taken away whole`() {
        let screen = Screen()
        var writer = screen.writer(.redrawn)
        writer.show(ProgressTests.running, now: 0)
        screen.width = 10
        writer.show(ProgressTests.running, now: 1)
        #expect(screen.written[1].hasPrefix("\r\u{1B}[3A\u{1B}[J"))
        #expect(displayWidth(screen.written[1].dropFirst(9)) <= 9)
    }

    @Test func `what stays is written in place of the redrawn line`() {
        let screen = Screen()
        var writer = screen.writer(.redrawn)
        writer.show(ProgressTests.running, now: 0)
        writer.finish(Self.report)
        writer.show(ProgressTests.running, now: 0.01)
        writer.clear()
        writer.clear()
        #expect(
            screen.written == [
                Self.line, "\r\u{1B}[J", "epoch 1/2  loss 0.5000   1.0 s\n", Self.line, "\r\u{1B}[J",
            ])
    }

    @Test func `what stays on a narrow screen is broken where figures end`() {
        let screen = Screen()
        screen.width = 20
        var writer = screen.writer(.redrawn)
        writer.finish(Self.report)
        #expect(screen.written == ["1/2  loss 0.5000\n  1.0 s\n"])
    }

    @Test func `without a terminal each epoch is one line`() {
        let screen = Screen()
        var writer = screen.writer(.lines)
        writer.show(ProgressTests.running, now: 0)
        writer.finish(Self.report)
        writer.say("saved")
        #expect(screen.written == ["epoch 1/2  loss 0.5000   1.0 s\n", "saved\n"])
    }

    @Test func `a silent writer says only what it is told to`() {
        let screen = Screen()
        var writer = screen.writer(.silent)
        writer.show(ProgressTests.running, now: 0)
        writer.finish(Self.report)
        writer.say("warning")
        #expect(screen.written == ["warning\n"])
    }

    @Test func `standard error is usable whatever it is`() {
        #expect(Terminal.error.width > 0)
        #expect(Terminal.error.isTerminal || !Terminal.error.hasColor)
    }
}
