extension SavedRun {
    /// Every figure that expectations can be about and statistics ask for, as far as the run has come.
    package var metrics: [Metric: Double] {
        let (training, validation) = (curves.training, curves.validation)
        let figures: [Metric: Double?] = [
            // What is no number is written as null.
            .testLoss: test.map { $0.loss ?? .nan }, .testAccuracy: test?.accuracy,
            .loss: training.loss.last, .accuracy: training.accuracy.last,
            .validationLoss: validation?.loss.last, .validationAccuracy: validation?.accuracy.last,
            .bestLoss: training.loss.min(), .bestAccuracy: training.accuracy.max(),
            .bestValidationLoss: validation?.loss.min(), .bestValidationAccuracy: validation?.accuracy.max(),
        ]
        return figures.compactMapValues(\.self)
    }
}
