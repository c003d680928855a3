import Schema
import Tensors

/// Keras's initializers as settings: `"he_normal"` or `{ "type": "RandomNormal", "stddev": 0.01 }`.
package protocol InitializerSetting: Described {
    /// The distribution that it names.
    var initializer: Initializer { get }
}

extension Format where Value == any InitializerSetting {
    /// One of the initializers, or its bare name.
    package static var initializer: Format { Format.initializers.format }

    /// All of them.
    package static var initializers: Family<any InitializerSetting> {
        Family(
            "initializer",
            [
                GlorotUniform.self, GlorotNormal.self, HeUniform.self, HeNormal.self, LecunUniform.self,
                LecunNormal.self, RandomUniform.self, RandomNormal.self, TruncatedNormal.self, VarianceScaling.self,
                Zeros.self, Ones.self, Constant.self,
            ], allowsBareNames: true)
    }
}

/// An initializer without arguments.
private protocol PlainInitializer: InitializerSetting {}

extension PlainInitializer {
    package static var fields: [Field<Self>] { [] }
}

struct GlorotUniform: PlainInitializer {
    static let name = "GlorotUniform"
    static let summary = "Uniform, with variance 2 / (inputs + outputs)."
    let initializer = Initializer.glorotUniform
}

struct GlorotNormal: PlainInitializer {
    static let name = "GlorotNormal"
    static let summary = "Truncated normal, with variance 2 / (inputs + outputs)."
    let initializer = Initializer.varianceScaling(scale: 1, fan: .average, distribution: .truncatedNormal)
}

struct HeUniform: PlainInitializer {
    static let name = "HeUniform"
    static let summary = "Uniform, with variance 2 / inputs."
    let initializer = Initializer.varianceScaling(scale: 2, fan: .incoming, distribution: .uniform)
}

struct HeNormal: PlainInitializer {
    static let name = "HeNormal"
    static let summary = "Truncated normal, with variance 2 / inputs."
    let initializer = Initializer.varianceScaling(scale: 2, fan: .incoming, distribution: .truncatedNormal)
}

struct LecunUniform: PlainInitializer {
    static let name = "LecunUniform"
    static let summary = "Uniform, with variance 1 / inputs."
    let initializer = Initializer.varianceScaling(scale: 1, fan: .incoming, distribution: .uniform)
}

struct LecunNormal: PlainInitializer {
    static let name = "LecunNormal"
    static let summary = "Truncated normal, with variance 1 / inputs."
    let initializer = Initializer.varianceScaling(scale: 1, fan: .incoming, distribution: .truncatedNormal)
}

struct Zeros: PlainInitializer {
    static let name = "Zeros"
    static let summary = "Zero everywhere."
    let initializer = Initializer.constant(0)
}

struct Ones: PlainInitializer {
    static let name = "Ones"
    static let summary = "One everywhere."
    let initializer = Initializer.constant(1)
}

struct Constant: InitializerSetting {
    var value = 0.0

    static let name = "Constant"
    static let summary = "The same value everywhere."
    static var fields: [Field<Constant>] { [.optional("value", \.value, "the value")] }
    var initializer: Initializer { .constant(Float(value)) }
}

struct RandomUniform: InitializerSetting {
    var minimum = -0.05
    var maximum = 0.05

    static let name = "RandomUniform"
    static let summary = "Uniform between two bounds."
    static var fields: [Field<RandomUniform>] {
        [
            .optional("minval", \.minimum, "the lower bound"),
            .optional("maxval", \.maximum, "the upper bound"),
        ]
    }
    var initializer: Initializer { .uniform(Float(minimum), Float(maximum)) }
}

struct RandomNormal: InitializerSetting {
    var mean = 0.0
    var deviation = 0.05

    static let name = "RandomNormal"
    static let summary = "Normal."
    static var fields: [Field<RandomNormal>] {
        [
            .optional("mean", \.mean, "the mean"),
            .optional("stddev", \.deviation, in: 0..., "the standard deviation"),
        ]
    }
    var initializer: Initializer { .normal(mean: Float(mean), deviation: Float(deviation), truncated: false) }
}

struct TruncatedNormal: InitializerSetting {
    var mean = 0.0
    var deviation = 0.05

    static let name = "TruncatedNormal"
    static let summary = "Normal, cut off at two standard deviations."
    static var fields: [Field<TruncatedNormal>] {
        [
            .optional("mean", \.mean, "the mean"),
            .optional("stddev", \.deviation, in: 0..., "the standard deviation before the cut"),
        ]
    }
    var initializer: Initializer { .normal(mean: Float(mean), deviation: Float(deviation), truncated: true) }
}

extension Initializer.Fan: Setting {}
extension Initializer.Distribution: Setting {}

struct VarianceScaling: InitializerSetting {
    var scale = 1.0
    var mode = Initializer.Fan.incoming
    var distribution = Initializer.Distribution.truncatedNormal

    static let name = "VarianceScaling"
    static let summary = "With variance scale / connections."
    static var fields: [Field<VarianceScaling>] {
        [
            .optional("scale", \.scale, in: .above(0), "the variance of a unit's sum"),
            .optional("mode", \.mode, "which connections count"),
            .optional("distribution", \.distribution, "the shape of the distribution"),
        ]
    }
    var initializer: Initializer { .varianceScaling(scale: Float(scale), fan: mode, distribution: distribution) }
}
