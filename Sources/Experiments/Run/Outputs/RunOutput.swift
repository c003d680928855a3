import Layers
import Schema
import Training

/// A file of the run directory, or a few that are always written together: when they are written, and what they hold.
///
/// Each method is a moment in the life of a run; an output implements those at which it writes. A new output is one source
/// file, and one word in `RunOutputs.all`:
///
///     struct EpochCount: RunOutput {
///         static let files: [RunFile] = [.epochCount]
///
///         func finished(_ result: RunResult, _ run: RunView) throws {
///             try run.directory.write("\(run.training.state.epoch)\n", to: .epochCount)
///         }
///     }
///
///     extension RunFile {
///         static let epochCount = RunFile(rawValue: "epochs.txt")
///     }
package protocol RunOutput {
    static var files: [RunFile] { get }

    /// Whether the files only show what others hold, so that they may be left out.
    static var isPicture: Bool { get }

    init()

    /// A run begins, or has been restored from its checkpoint; nothing is trained yet.
    mutating func runBegan(_ run: RunView) throws

    mutating func stepEnded(_ step: StepProgress, _ run: RunView) throws

    /// An epoch and its validation are over; `run.training.state.history` ends with it.
    mutating func epochEnded(_ run: RunView) throws

    /// Training is over, or interrupted, in this process.
    mutating func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) throws

    /// The trained model has been evaluated. Never called for a run that was interrupted or diverged.
    mutating func finished(_ result: RunResult, _ run: RunView) throws
}

extension RunOutput {
    package static var isPicture: Bool { false }
    package mutating func runBegan(_ run: RunView) throws {}
    package mutating func stepEnded(_ step: StepProgress, _ run: RunView) throws {}
    package mutating func epochEnded(_ run: RunView) throws {}
    package mutating func trainingEnded(_ outcome: TrainingOutcome, _ run: RunView) throws {}
    package mutating func finished(_ result: RunResult, _ run: RunView) throws {}
}

/// A run as its outputs see it.
package struct RunView {
    package let config: ExperimentConfig
    /// The config with every default written out.
    package let resolved: JSON
    package let summary: ModelSummary
    package let data: ExperimentData
    package let provenance: Provenance
    package let directory: RunDirectory
    /// Whether what others hold is to be drawn as well.
    package let hasPictures: Bool
    /// Of the current phase.
    package internal(set) var training: TrainingView
    /// As the last phase has trained it, once the run is finished.
    package internal(set) var network: Network
    /// How long each epoch took, including those before a resume.
    package internal(set) var timings: Timings
    /// Whether the last checkpoint outlives the run, so that more epochs can follow later.
    package let keepsCheckpoint: Bool
}
