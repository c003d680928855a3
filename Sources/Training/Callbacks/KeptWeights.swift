/// All weights of an epoch in a callback's memory.
///
/// Checkpoints store the floats bit by bit, as a tensor, and in the memory's own text only the tensor's number: whoever
/// encodes or decodes a memory puts a `WeightStore` into the coder's `userInfo`.
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

/// Where kept weights lie while memories are encoded or decoded.
package protocol WeightStore: Sendable {
    /// Takes weights; what comes back is the number under which they are found again.
    func add(_ weights: [Float]) -> Int
    /// Nil where none were stored under that number, which a file may claim.
    func weights(at number: Int) -> [Float]?
}

extension CodingUserInfoKey {
    /// The `WeightStore` of an encoder or decoder.
    package static var weightStore: CodingUserInfoKey {
        // Every text is a key; the initializer is optional for historical reasons.
        CodingUserInfoKey(rawValue: "WeightStore")!
    }
}
