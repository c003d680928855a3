/// How parameters are initialized, with Keras's names and formulas.
package enum Initializer: Sendable, Hashable {
    /// The same value everywhere.
    case constant(Float)
    /// As many values as there are elements.
    case values([Float])
    /// Uniform between two bounds.
    case uniform(Float, Float)
    /// Normal with mean and standard deviation; `truncated` at two deviations.
    case normal(mean: Float, deviation: Float, truncated: Bool)
    /// Scaled to the number of inputs and outputs, so that signals keep their size from layer to layer.
    case varianceScaling(scale: Float, fan: Fan, distribution: Distribution)

    /// Which of a unit's connections are counted.
    package enum Fan: String, Sendable, Hashable, CaseIterable {
        case incoming = "fan_in"
        case outgoing = "fan_out"
        case average = "fan_avg"
    }

    /// The shape of the distribution.
    package enum Distribution: String, Sendable, Hashable, CaseIterable {
        case uniform
        case truncatedNormal = "truncated_normal"
        case untruncatedNormal = "untruncated_normal"
    }

    /// Glorot and Bengio's uniform distribution, Keras's default for kernels.
    package static let glorotUniform = Initializer.varianceScaling(scale: 1, fan: .average, distribution: .uniform)

    /// Fills a parameter from its own stream, so that no parameter's initial values depend on another's.
    package func fill(_ shape: Shape, from source: RandomSource, into memory: FloatMemory, at offset: Int) {
        let value = generator(for: shape)
        memory.set((0..<shape.count).lazy.map { value($0, source) }, at: offset)
    }

    private func generator(for shape: Shape) -> (Int, RandomSource) -> Float {
        switch self {
        case .constant(let value):
            return { _, _ in value }
        case .values(let values):
            return { index, _ in values[index] }
        case .uniform(let low, let high):
            return { index, source in low + (high - low) * Float(source.uniform(at: index)) }
        case .normal(let mean, let deviation, let truncated):
            return { index, source in
                mean + deviation * Float(truncated ? source.truncatedNormal(at: index) : source.normal(at: index))
            }
        case .varianceScaling(let scale, let fan, let distribution):
            let variance = scale / max(1, Self.connections(of: shape, fan))
            switch distribution {
            case .uniform:
                let limit = (3 * variance).squareRoot()
                return Initializer.uniform(-limit, limit).generator(for: shape)
            case .truncatedNormal:
                // The standard deviation of a standard normal distribution that is cut off at ±2.
                let deviation = variance.squareRoot() / 0.879_625_66
                return Initializer.normal(mean: 0, deviation: deviation, truncated: true).generator(for: shape)
            case .untruncatedNormal:
                return Initializer.normal(mean: 0, deviation: variance.squareRoot(), truncated: false)
                    .generator(for: shape)
            }
        }
    }

    /// Inputs or outputs of a unit; for a kernel, times its window.
    private static func connections(of shape: Shape, _ fan: Fan) -> Float {
        let window = shape.dimensions.dropLast(2).reduce(1, *)
        let incoming = Float(shape.rank < 2 ? shape.count : window * shape[shape.rank - 2])
        let outgoing = Float(shape.rank < 2 ? shape.count : window * shape[shape.rank - 1])
        switch fan {
        case .incoming: return incoming
        case .outgoing: return outgoing
        case .average: return (incoming + outgoing) / 2
        }
    }
}
