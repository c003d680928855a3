/// A copy of all weights, in a callback's memory.
///
/// Encoding puts the floats into the `WeightStore` of the encoder's `userInfo`, and writes only the number that they have
/// there. So a checkpoint can store them as a tensor: compactly, and bit by bit.
package struct KeptWeights: Codable, Sendable {
    /// As `TrainingControl.weights` returned them.
    package let values: [Float]

    package init(_ values: [Float]) { self.values = values }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let store = decoder.userInfo[.weightStore] as? any WeightStore
        guard let values = store?.weights(at: try container.decode(Int.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "there are no such weights")
        }
        self.values = values
    }

    package func encode(to encoder: any Encoder) throws {
        guard let store = encoder.userInfo[.weightStore] as? any WeightStore else {
            let context = EncodingError.Context(
                codingPath: encoder.codingPath, debugDescription: "there is no store for weights")
            throw EncodingError.invalidValue(values, context)
        }
        var container = encoder.singleValueContainer()
        try container.encode(store.add(values))
    }
}

/// Holds kept weights while memories are encoded or decoded.
package protocol WeightStore: Sendable {
    /// Returns the number under which the weights are found again.
    func add(_ weights: [Float]) -> Int
    /// Nil for a number that was never assigned, as an edited file may contain.
    func weights(at number: Int) -> [Float]?
}

extension CodingUserInfoKey {
    /// The `WeightStore` of an encoder or decoder.
    package static var weightStore: CodingUserInfoKey {
        // Never nil: the initializer accepts every string.
        CodingUserInfoKey(rawValue: "WeightStore")!
    }
}
