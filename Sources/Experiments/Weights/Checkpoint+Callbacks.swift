import Exchange
import Foundation
import Schema
import Synchronization
import Training

// A callback's memory is JSON in the metadata; the weights that it keeps are tensors, to which the JSON refers by number.

extension Safetensors {
    private static func wordOfMemory(_ index: Int) -> String { "callbacks/\(index)" }
    private static func tensorOfWeights(_ index: Int) -> String { "callbacks/weights/\(index)" }

    mutating func addMemories(of callbacks: [any ActiveCallback]) throws {
        let store = WeightList()
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: Words.infinity, negativeInfinity: Words.negativeInfinity, nan: Words.nan)
        encoder.userInfo[.weightStore] = store
        for (index, callback) in callbacks.enumerated() {
            let text = String(decoding: try encoder.encode(callback.memory), as: UTF8.self)
            metadata.append((Self.wordOfMemory(index), text))
        }
        for (index, weights) in store.all.enumerated() {
            add(Self.tensorOfWeights(index), shape: [weights.count], weights)
        }
    }

    fileprivate func memory(of index: Int) -> String? { word(Self.wordOfMemory(index)) }

    fileprivate func weights(_ index: Int) -> Tensor? { self[Self.tensorOfWeights(index)] }
}

extension CheckpointReader {
    /// The callbacks with the memories that the file has for them.
    func memories(of callbacks: [any ActiveCallback], weightCount: Int) throws -> [any ActiveCallback] {
        var kept: [[Float]] = []
        while let tensor = file.weights(kept.count) {
            kept.append(try floats(tensor.name, count: weightCount))
        }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: Words.infinity, negativeInfinity: Words.negativeInfinity, nan: Words.nan)
        decoder.userInfo[.weightStore] = WeightList(kept)
        return try callbacks.enumerated().map { index, callback in
            try restored(callback, from: file.memory(of: index) ?? "", number: index + 1, by: decoder)
        }
    }

    private func restored(
        _ callback: some ActiveCallback, from text: String, number: Int, by decoder: JSONDecoder
    ) throws -> any ActiveCallback {
        var callback = callback
        do {
            callback.memory = try decoder.decode(type(of: callback.memory), from: Data(text.utf8))
        } catch {
            throw fail("what the checkpoint remembers of callback \(number), \(callback.name), \(fault(of: error))")
        }
        return callback
    }

    /// `has no "wait"`
    private func fault(of error: any Error) -> String {
        switch error {
        case DecodingError.keyNotFound(let key, _): "has no \(quoted(key.stringValue))"
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "cannot be read"
                : "has an impossible \(quoted(context.codingPath.map(\.stringValue).joined(separator: ".")))"
        default: "cannot be read"
        }
    }
}

/// JSON has no numbers for these; the initial worst value of a metric is one of them.
private enum Words {
    static let infinity = "inf"
    static let negativeInfinity = "-inf"
    static let nan = "nan"
}

private final class WeightList: WeightStore {
    private let weights: Mutex<[[Float]]>

    init(_ weights: [[Float]] = []) { self.weights = Mutex(weights) }

    var all: [[Float]] { weights.withLock { $0 } }

    func add(_ weights: [Float]) -> Int {
        self.weights.withLock { list in
            list.append(weights)
            return list.count - 1
        }
    }

    func weights(at number: Int) -> [Float]? {
        weights.withLock { $0.indices.contains(number) ? $0[number] : nil }
    }
}
