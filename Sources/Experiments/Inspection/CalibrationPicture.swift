import Analysis
import Reporting

extension Inspection {
    /// Whether the network is right as often as it is sure: a reliability diagram, and how many images are behind it.
    func calibrationPlot() throws -> Plot {
        let calibration = Calibration(try verdicts())
        let filled = calibration.bins.filter { $0.count > 0 }
        let intervals = filled.map { interval(share: $0.accuracy, of: $0.count) }
        let reliability = Chart(
            "share that is right", x: Axis("confidence", range: 0...1), y: Axis(range: 0...1),
            [
                Chart.Series(
                    "as sure as right", x: [0, 1], y: [0, 1], paint: .muted, dashes: [4, 3], isSecondary: true),
                Chart.Series(
                    "the network", x: filled.map(\.confidence), y: filled.map(\.accuracy), low: intervals.map(\.low),
                    high: intervals.map(\.high), mark: .points(radius: 4), member: 0),
            ], height: 300)
        let bars = BarChart(
            "images", categories: calibration.bins.map { percentRange($0.bounds) },
            [.init("", calibration.bins.map { Double($0.count) })], axis: Axis(isWhole: true), isHorizontal: true
        ) { grouped(Int($0)) }
        return Plot(
            "\(displayable(name)): calibration", subtitle: summary(of: calibration), [reliability, bars], columns: 2,
            notes: [
                "Points above the dashed line are intervals of confidence in which the network is right more often than it "
                    + "says, those below are overconfident; whiskers are 95 % intervals."
            ])
    }

    func summary(of calibration: Calibration) -> String {
        guard calibration.confidence.isFinite else { return "no image has a finite confidence" }
        return
            "expected calibration error \(metric(calibration.expectedError)): \(percent(calibration.confidence)) sure "
            + "on average, \(percent(calibration.accuracy)) right"
    }

    private func percentRange(_ bounds: ClosedRange<Double>) -> String {
        "\(fixed(bounds.lowerBound * 100, digits: 0))–\(fixed(bounds.upperBound * 100, digits: 0)) %"
    }

    /// Wilson's interval, which stays between 0 and 1.
    private func interval(share: Double, of count: Int) -> (low: Double, high: Double) {
        let z = 1.959964
        let n = Double(count)
        let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        let extent = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
        return (max(0, middle - extent), min(1, middle + extent))
    }
}
