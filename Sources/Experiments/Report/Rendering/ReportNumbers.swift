import Reporting

// Numbers as the reports write them: .9734, without a zero before the point.

/// What marks a figure of a single seed, which has no interval.
let singleSeedMark = "†"

/// A figure of runs: `.9734`, `.0376`, `13`.
func reportNumber(_ value: Double, of quantity: Figure.Quantity) -> String {
    quantity.isCount ? fixed(value, digits: value == value.rounded() ? 0 : 1) : decimal(value)
}

/// The mean over seeds, with half of its interval: `.9786 ± .0052`, or `.9786 †` where there is but one.
func reportNumber(_ sample: Sample, of quantity: Figure.Quantity) -> String {
    let mean = reportNumber(sample.mean, of: quantity)
    guard sample.count > 1 else { return "\(mean) \(singleSeedMark)" }
    // Epochs that are all the same were so many, and no estimate.
    guard !quantity.isCount || Set(sample.values).count > 1 else { return mean }
    let reach = sample.interval(TrialSummary.confidence).map { ($0.upperBound - $0.lowerBound) / 2 }
    return mean + (reach.map { " ± \(quantity.isCount ? fixed($0, digits: 1) : decimal($0))" } ?? "")
}

/// What a report says: `.9734`, `.9388 – .9406`, `above .9800`.
func reportNumber(_ value: ReportedValue, of quantity: Figure.Quantity) -> String {
    func number(_ value: Double) -> String { reportNumber(value, of: quantity) }
    switch value {
    case .values(let values):
        let ends = [values.min(), values.max()].compactMap(\.self).map(number)
        return ends.first == ends.last ? ends.first ?? absent : ends.joined(separator: " – ")
    case .bounds(let min?, let max?): return "\(number(min)) to \(number(max))"
    case .bounds(let min?, nil): return "above \(number(min))"
    case .bounds(nil, let max): return max.map { "below \(number($0))" } ?? absent
    }
}

/// How far two figures lie apart, in points of a hundred where they are shares: `+0.12`.
func reportDifference(_ value: Double, of quantity: Figure.Quantity) -> String {
    if quantity.isCount { return signed(value, digits: value == value.rounded() ? 0 : 1) }
    if quantity.isShare { return signed(value * 100, digits: 2) }
    let text = decimal(abs(value))
    return (value < 0 && text != ".0000" ? "-" : "+") + text
}

/// Four digits after the point, and no zero before it.
func decimal(_ value: Double) -> String {
    let text = fixed(value, digits: 4)
    if text.hasPrefix("0.") { return String(text.dropFirst()) }
    return text.hasPrefix("-0.") ? "-" + text.dropFirst(2) : text
}

extension Figure {
    /// For people: `validation accuracy, epoch 1`.
    var title: String {
        switch place {
        case nil: quantity.title
        case .last: "\(quantity.title), last epoch"
        case .kept: "\(quantity.title), kept epoch"
        case .epoch(let number): "\(quantity.title), epoch \(number)"
        }
    }
}

extension Figure.Quantity {
    /// For people, without its epoch.
    var title: String {
        switch self {
        case .loss: "training loss"
        case .accuracy: "training accuracy"
        case .validationLoss: "validation loss"
        case .validationAccuracy: "validation accuracy"
        case .gap: "training less validation accuracy"
        case .testLoss: "test loss"
        case .testAccuracy: "test accuracy"
        case .bestLoss: "lowest training loss"
        case .bestAccuracy: "highest training accuracy"
        case .bestValidationLoss: "lowest validation loss"
        case .bestValidationAccuracy: "highest validation accuracy"
        case .epochs: "epochs"
        case .bestEpoch: "epoch of the lowest validation loss"
        }
    }
}

extension Judgement {
    /// For the cell of a table.
    var word: String {
        switch self {
        case .agrees: "yes"
        case .better: "better"
        case .disagrees: "**no**"
        case .met: "met"
        case .unmet: "**not met**"
        case .shown, .notRun, .unknown: absent
        }
    }
}
