import Datasets
import Reporting
import Schema

/// How many images of each class a data set has: whether a network sees all of them equally often.
package struct ClassCounts: Sendable {
    private let parts: DataParts

    package init(of parts: DataParts) { self.parts = parts }

    package var plot: Plot {
        let (training, test) = (parts.training, parts.test)
        let bars = BarChart(
            categories: training.classNames.map(displayable),
            [
                .init("training", training.classCounts.map(Double.init), member: 0),
                .init("test", test.classCounts.map(Double.init), member: 1),
            ], axis: Axis("images", isWhole: true), isHorizontal: true
        ) { grouped(Int($0)) }
        return Plot(
            "\(displayable(parts.name)): images of each class",
            subtitle: "\(grouped(training.count)) for training, \(grouped(test.count)) for testing", [bars], columns: 1)
    }

    /// The numbers behind the picture.
    package var json: JSON {
        [
            "name": JSON(parts.name), "class_names": JSON(parts.training.classNames),
            "training": JSON(parts.training.classCounts), "test": JSON(parts.test.classCounts),
        ]
    }
}
