package enum RunOutputs {
    /// In the order in which outputs write that write at the same moment:
    ///
    /// - after an epoch the checkpoint comes last, because a resumed run relies on it;
    /// - when a run is finished, `result.json` comes after everything that belongs to it, so that its presence means that
    ///   all else is complete; only then is the checkpoint removed.
    package static var all: [any RunOutput.Type] {
        [
            ConfigOutput.self, SummaryOutput.self, CurvesOutput.self, TimingsOutput.self, ModelOutput.self,
            ConfusionOutput.self, CurvesPictureOutput.self, ConfusionPictureOutput.self, PageOutput.self,
            ProvenanceOutput.self, ResultOutput.self, CheckpointOutput.self,
        ]
    }

    /// The files of those that draw pictures.
    static var pictures: [RunFile] { all.filter { $0.isPicture }.flatMap { $0.files } }

    /// The same, with those that draw pictures only if they are wanted, and with events for TensorBoard if those are.
    package static func all(withPictures: Bool, withTensorBoard: Bool = false) -> [any RunOutput.Type] {
        let chosen = withPictures ? all : all.filter { !$0.isPicture }
        guard withTensorBoard, let position = chosen.firstIndex(where: { $0.files == ProvenanceOutput.files }) else {
            return chosen
        }
        return chosen[..<position] + [TensorBoardOutput.self] + chosen[position...]
    }
}
