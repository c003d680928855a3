extension Figure {
    /// The figure of a run, at the epoch that the figure names; nil where the run has none.
    func value(in run: SavedRun) -> Double? {
        let curves = run.curves
        switch quantity {
        case .epochs: return Double(curves.epochs)
        case .bestEpoch: return curves.bestIndex.map { Double($0 + 1) }
        default: break
        }
        guard quantity.isOfOneEpoch else { return quantity.metric.flatMap { run.metrics[$0] } }
        guard let index = place?.index(in: curves) else { return nil }
        let (training, validation) = (curves.training, curves.validation)
        return switch quantity {
        case .loss: training.loss[index]
        case .accuracy: training.accuracy[index]
        case .validationLoss: validation?.loss[index]
        case .validationAccuracy: validation?.accuracy[index]
        case .gap: validation.map { training.accuracy[index] - $0.accuracy[index] }
        default: nil
        }
    }
}

extension EpochPlace {
    /// Counted from 0; nil where the run did not come so far, or held back no images that could tell.
    fileprivate func index(in curves: SavedCurves) -> Int? {
        switch self {
        case .last: curves.epochs > 0 ? curves.epochs - 1 : nil
        case .kept: curves.bestIndex
        case .epoch(let number): number <= curves.epochs ? number - 1 : nil
        }
    }
}

extension SavedCurves {
    /// The first epoch with the least loss on validation images, as patience sees it.
    fileprivate var bestIndex: Int? {
        guard let losses = validation?.loss else { return nil }
        return losses.indices.min { losses[$0] < losses[$1] }
    }
}
