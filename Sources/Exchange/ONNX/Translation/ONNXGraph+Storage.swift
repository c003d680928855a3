import Autograd
import Tensors

// Which tensor an operator reads. A value is transposed only where an operator needs another order than there is, and only once
// for all operators that do.

extension ONNXGraph {
    /// A tensor with a value's numbers in the order that is at hand, perhaps under other lengths: for what treats every number
    /// alike.
    func anyTensor(of value: Value) -> StoredTensor {
        let tensors = tensors(of: value)
        let preferred = Arrangement.channelsFirst(value.shape)
        return tensors.first { !$0.isFlat && $0.arrangement == preferred } ?? tensors[0]
    }

    /// A tensor whose axes are the value's, in the order that is at hand if that will do.
    mutating func tensor(
        of value: Value, where isFitting: (Arrangement) -> Bool = { _ in true }, otherwise: Arrangement? = nil
    ) -> StoredTensor {
        let present = anyTensor(of: value)
        if !present.isFlat, present.arrangement.shape == value.shape, isFitting(present.arrangement) { return present }
        return tensor(of: value, otherwise ?? .own(value.shape))
    }

    /// A tensor with a value's numbers in some order.
    mutating func tensor(of value: Value, _ wanted: Arrangement) -> StoredTensor {
        let present = tensors(of: value)
        let walk = wanted.walk
        if let same = present.first(where: { $0.lengths == wanted.lengths && $0.arrangement.walk == walk }) {
            return StoredTensor(name: same.name, arrangement: wanted)
        }
        let name: String
        if let other = present.first(where: { !$0.isFlat && $0.arrangement.shape == wanted.shape }) {
            name = transposed(value, other, to: wanted.order)
        } else if let same = present.first(where: { $0.arrangement.walk == walk }) {
            name = reshaped(value, same.name, to: wanted.lengths)
        } else {
            // Another shape is another sequence, too, unless both are in the value's own order.
            let own = Arrangement.own(wanted.shape)
            _ = tensor(of: value, wanted == own ? .own(anyTensor(of: value).arrangement.shape) : own)
            return tensor(of: value, wanted)
        }
        let tensor = StoredTensor(name: name, arrangement: wanted)
        store(value, tensor)
        return tensor
    }

    private mutating func transposed(_ value: Value, _ tensor: StoredTensor, to order: [Int]) -> String {
        let axes = [0] + order.map { tensor.arrangement.axis($0) }
        return onBehalf(of: value) { $0.apply("Transpose", to: [tensor.name], [("perm", .integers(axes))]) }
    }

    private mutating func reshaped(_ value: Value, _ name: String, to lengths: [Int]) -> String {
        onBehalf(of: value) { onnx in
            guard lengths.count != 1 else { return onnx.apply("Flatten", to: [name], [("axis", .integer(1))]) }
            // A zero keeps the length of the batch.
            return onnx.apply("Reshape", to: [name, onnx.integers("shape", [0] + lengths)])
        }
    }

    /// A tensor with a value of one axis in whatever order is at hand, for what can order its weights accordingly.
    mutating func row(of value: Value) -> StoredTensor {
        let own = Arrangement.own(value.shape)
        let present = tensors(of: value)
        if present.contains(where: { $0.arrangement.walk == own.walk }) { return tensor(of: value, own) }
        if let flat = present.first(where: \.isFlat) { return flat }
        let unfolded = anyTensor(of: value)
        let row = StoredTensor(
            name: reshaped(value, unfolded.name, to: [value.shape.count]), arrangement: unfolded.arrangement,
            isFlat: true)
        store(value, row)
        return row
    }
}
