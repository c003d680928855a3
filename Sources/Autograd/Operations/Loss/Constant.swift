import Tensors

/// A number that depends on nothing.
package struct Constant: WholeOperation {
    let value: Float

    package init(_ value: Float) { self.value = value }

    package var resultType: ValueType { .whole(Shape()) }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] { [] }

    package func run(_ run: borrowing Run) { run.output.pointee = value }
}
