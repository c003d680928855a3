import Schema

/// A penalty on weights that is added to the loss.
package protocol Regularizer: Described {
    /// Times Σ|w|.
    var l1Factor: Double { get }
    /// Times Σ w².
    var l2Factor: Double { get }
}

extension Format where Value == any Regularizer {
    /// One of the regularizers, or its bare name.
    package static var regularizer: Format { Format.regularizers.format }

    /// All of them.
    package static var regularizers: Family<any Regularizer> {
        Family("regularizer", [L1.self, L2.self, L1L2.self], allowsBareNames: true)
    }
}

struct L1: Regularizer {
    var l1Factor = 0.01
    let l2Factor = 0.0

    static let name = "L1"
    static let summary = "Pulls weights towards zero by the same force, so that many become zero."
    static var fields: [Field<L1>] { [.optional("l1", \.l1Factor, in: 0..., "times the sum of magnitudes")] }
}

struct L2: Regularizer {
    let l1Factor = 0.0
    var l2Factor = 0.01

    static let name = "L2"
    static let summary = "Pulls weights towards zero in proportion to their size."
    static var fields: [Field<L2>] { [.optional("l2", \.l2Factor, in: 0..., "times the sum of squares")] }
}

struct L1L2: Regularizer {
    var l1Factor = 0.0
    var l2Factor = 0.0

    static let name = "L1L2"
    static let summary = "Both penalties."
    static var fields: [Field<L1L2>] {
        [
            .optional("l1", \.l1Factor, in: 0..., "times the sum of magnitudes"),
            .optional("l2", \.l2Factor, in: 0..., "times the sum of squares"),
        ]
    }
}
