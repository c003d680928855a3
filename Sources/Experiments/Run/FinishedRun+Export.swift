import Datasets
import Exchange

extension FinishedRun {
    /// The run's model as other tools' formats are written from it; its data set need not be present.
    package func exportedModel(_ config: ExperimentConfig, library: DataLibrary) throws -> ExportedModel {
        let names = config.dataset.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames
        return ExportedModel(
            name: config.name, network: try network(config, library: library), classNames: names ?? [])
    }
}
