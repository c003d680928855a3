import Kernels
import Tensors

/// Two values side by side along one axis. Inputs: anything that each image has.
package struct ConcatenatePair: ImageOperation {
    private let first, second: ColumnRange
    package let axis: Int
    package let resultType: ValueType

    /// Shapes may differ in that axis alone.
    package init(_ a: Value, _ b: Value, axis: Int) throws(ShapeError) {
        var lengths = a.shape.dimensions
        var others = b.shape.dimensions
        let isFitting = lengths.count == others.count && lengths.indices.contains(axis)
        if isFitting { (lengths[axis], others[axis]) = (a.shape[axis] + b.shape[axis], a.shape[axis] + b.shape[axis]) }
        guard isFitting, lengths == others else {
            throw ShapeError("cannot be concatenated: all other axes must have equal lengths", a.shape, b.shape)
        }
        self.axis = axis
        resultType = .image(Shape(lengths))
        let inner = lengths[(axis + 1)...].reduce(1, *)
        let whole = lengths[axis] * inner
        let split = a.shape[axis] * inner
        let rows = resultType.shape.count / max(whole, 1)
        first = ColumnRange(rows: rows, whole: whole, range: 0..<split)
        second = ColumnRange(rows: rows, whole: whole, range: split..<whole)
    }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        var gradients: [Value?] = []
        for (index, columns) in [first, second].enumerated() {
            let gradient = ColumnSlice(columns: columns, resultType: request.inputs[index].type)
            gradients.append(request.wanted[index] ? try graph.apply(gradient, to: request.upstream) : nil)
        }
        return gradients
    }

    package func run(_ run: borrowing Run) {
        copy(first, from: run.input(0), run)
        copy(second, from: run.input(1), run)
    }

    private func copy(_ columns: ColumnRange, from input: UnsafePointer<Float>, _ run: borrowing Run) {
        copyColumns(
            rows: run.images * columns.rows, count: columns.range.count, from: input,
            to: run.output + columns.range.lowerBound, strides: (columns.range.count, columns.whole))
    }
}

/// Some columns of an array of rows.
struct ColumnRange: Sendable {
    /// Rows of an image.
    let rows: Int
    /// Columns of the whole.
    let whole: Int
    let range: Range<Int>
}

/// Some columns by themselves. Input: the whole.
struct ColumnSlice: ImageOperation {
    let columns: ColumnRange
    let resultType: ValueType

    func run(_ run: borrowing Run) {
        copyColumns(
            rows: run.images * columns.rows, count: columns.range.count,
            from: run.input(0) + columns.range.lowerBound, to: run.output,
            strides: (columns.whole, columns.range.count))
    }
}
