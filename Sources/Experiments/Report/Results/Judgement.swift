/// The outcome of comparing our figure with a reported one.
package enum Judgement: String, Sendable {
    case agrees
    /// An accuracy of ours is higher than any reported one, by more than the tolerance.
    case better
    case disagrees
    /// Bounds are.
    case met
    case unmet
    /// Losses and numbers of epochs are shown side by side, but not judged.
    case shown
    case notRun = "not run"
    /// There are runs, but none has the figure.
    case unknown

    /// Whether the report's figure came out here too, or a better one; nil where that is no question.
    package var isFine: Bool? {
        switch self {
        case .agrees, .better, .met: true
        case .disagrees, .unmet: false
        case .shown, .notRun, .unknown: nil
        }
    }
}

extension [Judgement] {
    /// How many figures are as reported.
    var agreeing: Int { count { $0 == .agrees || $0 == .met } }
}

extension ReportedValue {
    /// An accuracy agrees where the reported one lies within the tolerance of our mean; of several, where any between the least and
    /// the greatest does.
    func judged(by mean: Double, isAccuracy: Bool, tolerance: Double) -> Judgement {
        // A mean and a sum of decimals may miss a limit by the last bit.
        let rounding = 1e-9
        switch self {
        case .bounds(let min, let max):
            let isMet = mean >= (min ?? -.infinity) - rounding && mean <= (max ?? .infinity) + rounding
            return isMet ? .met : .unmet
        case .values(let values):
            guard isAccuracy, let least = values.min(), let most = values.max() else { return .shown }
            if mean > most + tolerance + rounding { return .better }
            return mean >= least - tolerance - rounding ? .agrees : .disagrees
        }
    }

    /// How far our mean lies from the reported figure, or from the nearest of several; nil for bounds.
    func difference(of mean: Double) -> Double? {
        guard case .values(let values) = self, let least = values.min(), let most = values.max() else { return nil }
        return mean < least ? mean - least : mean > most ? mean - most : 0
    }
}
