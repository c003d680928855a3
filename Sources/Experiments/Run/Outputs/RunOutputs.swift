/// What a run directory holds.
package enum RunOutputs {
    /// In the order in which they are written wherever several are written at the same moment:
    ///
    /// - after an epoch the checkpoint comes last, because a resumed run believes it;
    /// - when a run is finished, the result comes after everything that belongs to it, so that where it is, all else is
    ///   too; only then does the checkpoint go.
    package static var all: [any RunOutput.Type] {
        [
            ConfigOutput.self, SummaryOutput.self, CurvesOutput.self, TimingsOutput.self, ModelOutput.self,
            ConfusionOutput.self, ProvenanceOutput.self, ResultOutput.self, CheckpointOutput.self,
        ]
    }
}
