import Reporting
import Schema

/// Figures of several contestants in several disciplines, from a JSON document: a point for each, on a logarithmic axis
/// where they differ by factors.
///
///     {
///       "title": "Seconds an epoch", "axis": "seconds", "logarithmic": true, "categories": ["warmup", "mlp"],
///       "series": [{"name": "mnist-lab", "values": [1.1, 0.2]}, {"name": "Keras", "values": [9.6, 3.3]}]
///     }
package struct FiguresPicture: Sendable, Equatable {
    let title, subtitle, axis: String
    let isLogarithmic: Bool
    let categories: [String]
    let series: [Series]

    struct Series: Sendable, Equatable {
        let name: String
        let values: [Double]
    }

    /// Reads a file; what it says beside these keys is passed over.
    package init(at path: String) throws {
        let bytes = try readFile(path, atMost: JSON.largestText)
        do {
            try self.init(reading: JSON(parsing: bytes))
        } catch {
            var problems = error
            problems.file = displayable(path)
            throw problems
        }
    }

    /// The same from a document.
    package init(reading json: JSON) throws(Problems) {
        var reader = DocumentReader(json)
        let categories = reader.value(["categories"], as: .list(of: String.format))
        let series = reader.value(["series"], as: .list(of: .series))
        title = reader.optionalValue("title", as: String.format) ?? ""
        subtitle = reader.optionalValue("subtitle", as: String.format) ?? ""
        axis = reader.optionalValue("axis", as: String.format) ?? ""
        isLogarithmic = reader.optionalValue("logarithmic", as: Bool.format) ?? false
        guard let categories, let series, reader.problems.isEmpty else { throw reader.problems }
        guard let odd = series.first(where: { $0.values.count != categories.count }) else {
            self.categories = categories
            self.series = series
            return
        }
        throw Problems([
            Problem(
                "\(quoted(odd.name)) has \(odd.values.count) values for \(categories.count) categories",
                at: json["series"]?.position)
        ])
    }

    package var plot: Plot {
        let series = series.enumerated().map { member, series in
            Chart.Series(
                series.name, x: series.values.indices.map(Double.init), y: series.values, mark: .points(radius: 5),
                member: member)
        }
        let chart = Chart(
            x: Axis(scale: .categories(categories)), y: Axis(axis, scale: isLogarithmic ? .logarithmic : .linear),
            series, height: 280)
        return Plot(title, subtitle: subtitle, [chart], columns: 1, width: 760)
    }
}

extension Format where Value == FiguresPicture.Series {
    fileprivate static var series: Format {
        Format(expecting: "a name and values") { reader in
            let name = reader.value(["name"], as: String.format)
            let values = reader.value(["values"], as: .list(of: Double.format))
            guard let name, let values else { return nil }
            return FiguresPicture.Series(name: name, values: values)
        }
    }
}
