import Schema
import TestSupport

extension ONNXCase {
    /// Models of layers in random order, most of which move numbers: what is in which order where is all that they are about.
    static let random = (1...60).map { number in
        var walk = RandomWalk(Noise("random model \(number)"))
        for _ in 0..<7 { walk.step() }
        return ONNXCase("random-\(number)", on: walk.input, walk.layers)
    }
}

/// Layers one after the other, each of which fits what the ones before it give.
private struct RandomWalk {
    private var noise: Noise
    let input: [Int]
    private(set) var layers: [JSON] = []
    private var shape: [Int]
    /// The layers so far that others may read, and their shapes.
    private var named: [(name: String, shape: [Int])]

    init(_ noise: Noise) {
        var noise = noise
        input = noise.pick([[6, 4, 2], [4, 6, 1], [5, 5, 3], [2, 3, 4]])
        self.noise = noise
        shape = input
        named = [("input", input)]
    }

    mutating func step() {
        switch noise.integer(in: 0...9) {
        case 0, 1: permute()
        case 2, 3: reshape()
        case 4 where shape.count == 3:
            add(["type": "Conv2D", "filters": 3, "kernel_size": [1, 2], "padding": "same"], [shape[0], shape[1], 3])
        case 5: add(["type": "PReLU"], shape)
        case 6:
            // What a single number becomes by its own statistics says nothing.
            let types = ["BatchNormalization", "ReLU"] + (shape.last == 1 ? [] : ["LayerNormalization", "Softmax"])
            add(["type": JSON(noise.pick(types))], shape)
        case 7, 8: merge()
        case 9 where shape.count == 3:
            add(["type": "ZeroPadding2D", "padding": [[1, 0], [0, 2]]], [shape[0] + 1, shape[1] + 2, shape[2]])
        default: add(["type": "Flatten"], [shape.reduce(1, *)])
        }
    }

    private mutating func add(_ layer: JSON, _ result: [Int]) {
        let name = "layer\(layers.count)"
        layers.append(JSON(.object((layer.members ?? []) + [JSON.Member("name", JSON(name))])))
        shape = result
        named.append((name, result))
    }

    private mutating func permute() {
        var axes = Array(shape.indices)
        for index in axes.indices { axes.swapAt(index, noise.integer(in: index...axes.count - 1)) }
        add(["type": "Permute", "dims": JSON(axes.map { $0 + 1 })], axes.map { shape[$0] })
    }

    private mutating func reshape() {
        let count = shape.reduce(1, *)
        let first = noise.pick((1...count).filter { count % $0 == 0 })
        let second = noise.pick((1...count / first).filter { (count / first) % $0 == 0 })
        let result = [first, second, count / first / second]
        add(["type": "Reshape", "target_shape": JSON(result)], result)
    }

    /// With an earlier value, which is the same as this one at times.
    private mutating func merge() {
        let other = noise.pick(named.filter { $0.shape == shape })
        let inputs: JSON = [JSON(named[named.count - 1].name), JSON(other.name)]
        let axis = noise.integer(in: 0...shape.count)
        guard axis < shape.count else { return add(["type": "Add", "inputs": inputs], shape) }
        var result = shape
        result[axis] *= 2
        add(["type": "Concatenate", "axis": JSON(axis + 1), "inputs": inputs], result)
    }
}
