import Reporting
import Schema

extension CoreModel {
    /// For people: the regions, then the step on more and more cores.
    package func text(width: Int) -> String {
        func milliseconds(_ seconds: Double) -> String { fixed(seconds * 1000, digits: 3) }
        let cores = measured.cores
        var table = TextTable(
            [
                "region", .right("pieces"), .right("ms on 1"), .right("on \(cores)"), .right("predicted"),
            ],
            rows: regions.map { region in
                [
                    region.title, "\(region.pieces)", milliseconds(region.seconds), milliseconds(region.measured),
                    milliseconds(region.seconds(cores: cores)),
                ]
            })
        table.rows.append(["between regions", "", milliseconds(serialSeconds), "", milliseconds(serialSeconds)])
        table.rows.append(
            [
                "step of \(batchSize) images", "", milliseconds(seconds(cores: 1)), milliseconds(measured.seconds),
                milliseconds(seconds(cores: cores)),
            ])
        let prediction = TextTable(
            [.right("cores"), .right("ms a step"), .right("images/s"), .right("efficiency")],
            rows: Self.shown.map { cores in
                [
                    "\(cores)", milliseconds(seconds(cores: cores)),
                    grouped(Int((Double(batchSize) / seconds(cores: cores)).rounded())),
                    percent(efficiency(cores: cores), digits: 0),
                ]
            })
        return "\(name)\n\n\(table.text(width: width))\n\(prediction.text(width: width))"
    }

    /// The document.
    package var json: JSON {
        [
            "config": JSON(name), "batch_size": JSON(batchSize), "handover_seconds": JSON(handover),
            "serial_seconds": JSON(serialSeconds),
            "measured": ["cores": JSON(measured.cores), "seconds": JSON(measured.seconds)],
            "regions": JSON(
                .array(
                    regions.map { region in
                        [
                            "title": JSON(region.title), "pieces": JSON(region.pieces),
                            "seconds": JSON(region.seconds), "seconds_on_measured_cores": JSON(region.measured),
                        ]
                    })),
            "predicted": JSON(
                .array(
                    Self.shown.map { cores in
                        [
                            "cores": JSON(cores), "seconds": JSON(seconds(cores: cores)),
                            "efficiency": JSON(efficiency(cores: cores)),
                        ]
                    })),
        ]
    }
}
