import Kernels

// Dense layers by their definition. Weights are [inputs][outputs]; every sum is one chain of multiply-adds.

extension Reference {
    /// y[n, o] = bias[o] + Σ x[n, i] · w[i, o], in the order of i.
    package static func dense(
        _ shape: DenseShape, images: Int, x: [Float], weights: [Float], bias: [Float]?
    ) -> [Float] {
        var y: [Float] = []
        for n in 0..<images {
            for o in 0..<shape.outputs {
                var sum = bias?[o] ?? 0
                for i in 0..<shape.inputs {
                    sum = sum.adding(x[n * shape.inputs + i], times: weights[i * shape.outputs + o])
                }
                y.append(sum)
            }
        }
        return y
    }

    /// dx[n, i] = Σ dy[n, o] · w[i, o], in the order of o.
    package static func denseInputGradient(
        _ shape: DenseShape, images: Int, dy: [Float], weights: [Float]
    ) -> [Float] {
        var dx: [Float] = []
        for n in 0..<images {
            for i in 0..<shape.inputs {
                var sum: Float = 0
                for o in 0..<shape.outputs {
                    sum = sum.adding(dy[n * shape.outputs + o], times: weights[i * shape.outputs + o])
                }
                dx.append(sum)
            }
        }
        return dx
    }

    /// dw[i, o] = Σ x[n, i] · dy[n, o], in the order of n.
    package static func denseWeightGradient(_ shape: DenseShape, images: Int, x: [Float], dy: [Float]) -> [Float] {
        var dw: [Float] = []
        for i in 0..<shape.inputs {
            for o in 0..<shape.outputs {
                var sum: Float = 0
                for n in 0..<images {
                    sum = sum.adding(x[n * shape.inputs + i], times: dy[n * shape.outputs + o])
                }
                dw.append(sum)
            }
        }
        return dw
    }
}
