import Reporting
import Training

/// Shows the progress of training: a bar on a terminal, one line per epoch elsewhere.
final class TrainingProgress: TrainingObserver {
    private var writer: ProgressWriter
    private let epochs: Int
    private let clock = ContinuousClock()
    private let began: ContinuousClock.Instant
    private var epochBegan: Double = 0
    private var firstImages = 0

    init(_ writer: ProgressWriter, epochs: Int) {
        self.writer = writer
        self.epochs = epochs
        began = clock.now
    }

    private var now: Double { (clock.now - began).inSeconds }

    func receive(_ event: TrainingEvent, from training: TrainingView) throws {
        switch event {
        case .epochBegan:
            epochBegan = now
            firstImages = -1
        case .step(let progress):
            guard writer.mode == .redrawn else { return }
            show(progress)
        case .epochEnded(let record, let seconds, _):
            var metrics = [(name: "loss", value: record.loss), (name: "acc", value: record.accuracy)]
            if let validation = record.validation {
                metrics += [(name: "val_loss", value: validation.loss), (name: "val_acc", value: validation.accuracy)]
            }
            writer.finish(EpochReport(epoch: record.epoch + 1, of: epochs, metrics: metrics, seconds: seconds))
        case .phaseBegan(let phase):
            writer.note("phase \(phase.phase + 1) of \(phase.phases): \(grouped(phase.trainable)) parameters learn")
        case .ended:
            writer.clear()
        }
    }

    private func show(_ progress: StepProgress) {
        let now = now
        if firstImages < 0 {
            // The first step of an epoch is where its clock really starts: what came before it may be a resume.
            firstImages = progress.images
            epochBegan = now
        }
        let elapsed = max(now - epochBegan, 1e-9)
        let rate = Double(progress.images - firstImages) / elapsed
        let imagesPerEpoch = Double(progress.images) / Double(max(progress.step, 1)) * Double(progress.steps)
        let imagesLeft = imagesPerEpoch * Double(epochs - progress.epoch) - Double(progress.images)
        writer.show(
            Progress(
                epoch: progress.epoch + 1, of: epochs, step: progress.step, of: progress.steps, loss: progress.loss,
                accuracy: progress.accuracy, imagesPerSecond: rate > 0 ? rate : nil,
                secondsLeft: rate > 0 ? imagesLeft / rate : nil), now: now)
    }
}
