import Reporting
import Training

/// Loss and accuracy of one run, epoch by epoch: `curves.svg`.
package struct CurvesPicture: Sendable {
    package var name: String
    /// What is said below the name.
    package var subtitle: String
    package var curves: SavedCurves
    package var style = CurveStyle()

    /// Curves without anything else that is known.
    package init(name: String, curves: SavedCurves) {
        self.init(name: name, parameters: nil, test: nil, curves: curves)
        subtitle = ""
    }

    /// The picture of a run of which some figures are known.
    package init(name: String, parameters: Int?, test: TestFigures?, curves: SavedCurves, planned: Int? = nil) {
        self.name = name
        self.curves = curves
        let epochs = curves.epochs
        let planned = planned.map { " of \(grouped($0))" } ?? ""
        subtitle = [
            "\(grouped(epochs))\(planned) \(epochs == 1 && planned.isEmpty ? "epoch" : "epochs")",
            parameters.map { "\(grouped($0)) parameters" },
            test.map { test in
                let error = test.accuracyError.map { " ± \(fixed($0, digits: 4))" } ?? ""
                return "test accuracy \(fixed(test.accuracy, digits: 4))\(error)"
            },
        ].compactMap(\.self).joined(separator: ", ")
    }

    /// The picture of a run that was read, finished or not.
    package init(_ run: SavedRun) {
        self.init(
            name: run.config["name"]?.text ?? run.directory, parameters: run.parameters, test: run.test,
            curves: run.curves, planned: run.state == .unfinished ? run.plannedEpochs : nil)
    }

    package var plot: Plot {
        let quantities = CurveQuantity.allCases.filter { style.metric?.quantity ?? $0 == $0 }
        return Plot(
            name, subtitle: subtitle, quantities.map(chart), columns: 2, width: quantities.count > 1 ? 720 : 560,
            notes: style.notes)
    }

    private func chart(_ quantity: CurveQuantity) -> Chart {
        let training = style.series("training", curves.training[keyPath: quantity.values], member: 0)
        let validation = curves.validation.map {
            style.series("validation", $0[keyPath: quantity.values], member: 1)
        }
        return Chart(quantity.rawValue, x: .epochs, y: style.axis(of: quantity), training + (validation ?? []))
    }
}

/// How curves are drawn, as `plot` is asked to.
package struct CurveStyle: Sendable {
    /// Nil for all that there are.
    package var metric: Metric?
    package var isLogarithmic = false
    /// The weight of the past in smoothed curves; 0 for curves as they are.
    package var smoothing = 0.0

    package init(metric: Metric? = nil, isLogarithmic: Bool = false, smoothing: Double = 0) {
        self.metric = metric
        self.isLogarithmic = isLogarithmic
        self.smoothing = smoothing
    }

    /// A curve; if it is smoothed, as a second one over itself, which stays visible.
    func series(_ name: String, _ values: [Double], member: Int, dashes: [Double]? = nil) -> [Chart.Series] {
        let epochs = values.indices.map { Double($0 + 1) }
        var main = Chart.Series(name, x: epochs, y: values, member: member)
        if let dashes { main.dashes = dashes }
        guard smoothing > 0 else { return [main] }
        main.y = smoothed(values, weight: smoothing)
        let paint = Palette.paint(member)
        return [Chart.Series("", x: epochs, y: values, paint: paint, opacity: 0.35, isSecondary: true), main]
    }

    var notes: [String] {
        smoothing > 0
            ? ["Smoothed with weight \(significant(smoothing, digits: 3)); pale lines, where drawn, are as measured."]
            : []
    }

    func axis(of quantity: CurveQuantity) -> Axis {
        Axis(
            scale: isLogarithmic && (quantity == .loss || metric != nil) ? .logarithmic : .linear,
            limits: quantity.limits)
    }
}

/// What a panel of curves shows.
enum CurveQuantity: String, CaseIterable {
    case loss, accuracy

    var values: KeyPath<SavedCurves.Series, [Double]> & Sendable { self == .loss ? \.loss : \.accuracy }

    var limits: ClosedRange<Double> { self == .loss ? 0 ... .infinity : 0...1 }
}

extension Metric {
    /// The curve that a metric belongs to.
    var quantity: CurveQuantity { isAccuracy ? .accuracy : .loss }

    /// As an axis names it.
    var spelledOut: String { rawValue.replacing("_", with: " ").replacing("val ", with: "validation ") }
}

extension Axis {
    /// Counted from one, as people do.
    static let epochs = Axis("epoch", isWhole: true, hasMargin: false)
}

extension SavedCurves {
    /// The epochs that a training remembers.
    package init(_ history: [EpochRecord], isValidated: Bool) {
        training = Series(loss: history.map(\.loss), accuracy: history.map(\.accuracy))
        if isValidated {
            let scores = history.map(\.validation)
            validation = Series(
                loss: scores.map { $0?.loss ?? .nan }, accuracy: scores.map { $0?.accuracy ?? .nan })
        }
    }
}
