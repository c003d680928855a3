import Experiments
import Reporting
import Training

/// Shows the progress of training as curves that grow, with the bar of the epoch below them.
final class ChartProgress: TrainingObserver {
    private var block: ProgressBlock
    private let epochs: Int
    private let style: Style
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    /// The chart changes only when an epoch ends, and is drawn anew for another width.
    private var chart: (epochs: Int, width: Int, lines: [String]) = (-1, 0, [])

    init(_ block: ProgressBlock, epochs: Int, style: Style) {
        self.block = block
        self.epochs = epochs
        self.style = style
        began = clock.now
    }

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        switch event {
        case .epochBegan, .phaseBegan: break
        case .step(let step):
            let progress = Progress(
                epoch: step.epoch + 1, of: epochs, step: step.step, of: step.steps, loss: step.loss,
                accuracy: step.accuracy)
            let history = training.state.history
            block.show(now: (clock.now - began).inSeconds) { width in
                lines(of: history, width: width) + [progress.line(width: width, style: style)]
            }
        case .epochEnded: break
        case .ended: block.clear()
        }
    }

    private func lines(of history: [EpochRecord], width: Int) -> [String] {
        guard !history.isEmpty else { return [] }
        if chart.epochs != history.count || chart.width != width {
            let curves = SavedCurves(history, isValidated: history.contains { $0.validation != nil })
            var plot = CurvesPicture(name: "", curves: curves).plot
            // The axis of epochs stays, so that one sees how far there is to go.
            plot.fixEpochs(epochs)
            chart = (history.count, width, plot.lines(width: min(width, 100), options: TextOptions(style: style)))
        }
        return chart.lines
    }
}

extension Plot {
    fileprivate mutating func fixEpochs(_ epochs: Int) {
        guard epochs > 1 else { return }
        panels = panels.map { panel in
            guard var chart = panel as? Chart else { return panel }
            chart.x.range = 1...Double(epochs)
            return chart
        }
    }
}

extension Call {
    /// Who shows how far a training is.
    func trainingProgress(epochs: Int) -> any TrainingObserver {
        let isWatched = Terminal.error.canRedraw && !self[Common.quiet]
        guard self[Common.progress] == .chart, isWatched else {
            return TrainingProgress(progressWriter, epochs: epochs)
        }
        return ChartProgress(ProgressBlock(), epochs: epochs, style: console.messageStyle)
    }
}
