import Tensors

/// The order in which a tensor holds the numbers of a value: its axis i is axis `order[i]` of `shape`.
///
/// ONNX's convolutions want an image's channels before its height and width, ours have them behind. The batch is the first axis
/// either way and not counted.
struct Arrangement: Equatable {
    /// The value's own.
    let shape: Shape
    let order: [Int]

    /// As the value has them itself.
    static func own(_ shape: Shape) -> Arrangement { Arrangement(shape: shape, order: Array(0..<shape.rank)) }

    /// The last axis before the others.
    static func channelsFirst(_ shape: Shape) -> Arrangement {
        Arrangement(shape: shape, order: [shape.rank - 1] + (0..<shape.rank - 1))
    }

    /// The same order of axes that have other lengths.
    func with(_ shape: Shape) -> Arrangement { Arrangement(shape: shape, order: order) }

    /// The lengths of the tensor's axes.
    var lengths: [Int] { order.map { shape[$0] } }

    /// The tensor's axis, counted from the batch as 0, that is an axis of the value.
    func axis(_ axis: Int) -> Int { 1 + (order.firstIndex(of: axis) ?? 0) }

    /// The tensor's axis of the channels.
    var channelAxis: Int { axis(shape.rank - 1) }

    /// The lengths of a tensor of one number for each channel that fits element by element.
    var channelLengths: [Int] { [shape.channels] + [Int](repeating: 1, count: shape.rank - channelAxis) }

    /// How many numbers, and how far apart the value has them.
    struct Step: Equatable {
        var length: Int
        var stride: Int
    }

    /// The way through the value's numbers from one of the tensor to the next, as loops within loops, as few as possible: equal
    /// for tensors that hold the same sequence under any lengths.
    var walk: [Step] {
        var strides = [Int](repeating: 1, count: shape.rank)
        for axis in strides.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
        var steps: [Step] = []
        for axis in order where shape[axis] > 1 {
            let step = Step(length: shape[axis], stride: strides[axis])
            if let outer = steps.last, outer.stride == step.length * step.stride {
                steps[steps.count - 1] = Step(length: outer.length * step.length, stride: step.stride)
            } else {
                steps.append(step)
            }
        }
        return steps
    }

    /// A value's numbers in the tensor's sequence.
    func arranged(_ numbers: [Float]) -> [Float] {
        let walk = walk
        var result: [Float] = []
        result.reserveCapacity(numbers.count)
        func append(from first: Int, _ depth: Int) {
            guard depth < walk.count else { return result.append(numbers[first]) }
            let step = walk[depth]
            if depth == walk.count - 1, step.stride == 1 {
                return result.append(contentsOf: numbers[first..<first + step.length])
            }
            for index in 0..<step.length { append(from: first + index * step.stride, depth + 1) }
        }
        append(from: 0, 0)
        return result
    }
}
