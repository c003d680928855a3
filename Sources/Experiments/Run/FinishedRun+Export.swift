import Datasets
import Exchange
import Optimizers
import Schema

extension FinishedRun {
    /// The run's model as other tools' formats are written from it; its data set need not be present.
    package func exportedModel(_ config: ExperimentConfig, library: DataLibrary) throws -> ExportedModel {
        let names = config.dataset.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames
        return ExportedModel(
            name: config.name, network: try network(config, library: library), classNames: names ?? [],
            training: config.training.exported)
    }
}

extension TrainingSettings {
    /// How the last phase trained.
    fileprivate var exported: ExportedTraining {
        ExportedTraining(
            optimizer: Format.optimizer.write(courses.last?.optimizer ?? optimizer), loss: Format.loss.write(loss))
    }
}
