/// A bar for each category, or one for each group beside each other. Bars begin at zero, or their lengths would lie.
package struct BarChart: PlotPanel {
    package struct Group: Sendable {
        package var name: String
        /// One for each category.
        package var values: [Double]
        /// Where intervals begin and end; none if empty.
        package var low: [Double]
        package var high: [Double]
        package var paint: Paint

        package init(_ name: String = "", _ values: [Double], low: [Double] = [], high: [Double] = [], member: Int = 0)
        {
            self.name = name
            self.values = values
            self.low = low
            self.high = high
            paint = Palette.paint(member)
        }
    }

    package var title: String
    package var categories: [String]
    package var groups: [Group]
    /// The axis of the values.
    package var axis: Axis
    /// What stands at the end of a bar; nil for nothing.
    package var text: (@Sendable (Double) -> String)?
    package var isHorizontal: Bool
    package var height: Double

    package init(
        _ title: String = "", categories: [String], _ groups: [Group], axis: Axis = Axis(), isHorizontal: Bool = false,
        height: Double = 230, text: (@Sendable (Double) -> String)? = nil
    ) {
        self.title = title
        self.categories = categories
        self.groups = groups
        self.axis = axis
        self.isHorizontal = isHorizontal
        self.height = height
        self.text = text
    }

    package var keys: [LegendKey] { groups.map { LegendKey($0.name, paint: $0.paint, sample: .box) } }

    package var notes: [String] {
        let missing = groups.contains { group in
            group.values.prefix(categories.count).contains { !$0.isFinite } || group.values.count < categories.count
        }
        return missing ? ["\(title.isEmpty ? "" : "\(title): ")bars that are missing have no finite value."] : []
    }

    package func height(forWidth width: Double) -> Double {
        guard isHorizontal else { return height }
        return Double(categories.count) * rowHeight + (axis.label.isEmpty ? 24 : 40)
    }

    var rowHeight: Double { groups.count > 1 ? Double(groups.count) * 12 + 10 : 22 }

    /// Values and intervals, with the zero that bars begin at.
    var extent: [Double] { groups.flatMap { $0.values + $0.low + $0.high } }

    var axisFromZero: Axis {
        var axis = axis
        axis.includesZero = true
        if axis.isLogarithmic { axis.scale = .linear }
        return axis
    }
}
