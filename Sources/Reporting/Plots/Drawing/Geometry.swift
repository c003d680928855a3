extension Drawing {
    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double

        package init(_ x: Double, _ y: Double) {
            self.x = x
            self.y = y
        }

        static func + (left: Point, right: Point) -> Point { Point(left.x + right.x, left.y + right.y) }
        static func - (left: Point, right: Point) -> Point { Point(left.x - right.x, left.y - right.y) }
        static func * (point: Point, factor: Double) -> Point { Point(point.x * factor, point.y * factor) }

        func distance(to other: Point) -> Double {
            let (dx, dy) = (x - other.x, y - other.y)
            return (dx * dx + dy * dy).squareRoot()
        }
    }

    /// A rectangle along the axes.
    package struct Box: Sendable, Hashable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double

        package init(x: Double, y: Double, width: Double, height: Double) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }

        package var right: Double { x + width }
        package var bottom: Double { y + height }
        package var middle: Point { Point(x + width / 2, y + height / 2) }

        package var corners: [Point] { [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)] }

        /// What is left when each side moves inwards.
        package func inset(left: Double = 0, top: Double = 0, right: Double = 0, bottom: Double = 0) -> Box {
            Box(x: x + left, y: y + top, width: max(0, width - left - right), height: max(0, height - top - bottom))
        }
    }
}
