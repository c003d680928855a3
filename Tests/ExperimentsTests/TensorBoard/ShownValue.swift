import Foundation
import Reporting
import Testing

@testable import Exchange

/// Something that TensorBoard would show of an event file.
struct ShownValue {
    let time: Double
    let step: Int
    let tag: String
    /// The point of a curve.
    var scalar: Float?
    /// What the plugin alone understands.
    var content: [UInt8] = []
    /// A picture's file, or numbers.
    var bytes: [UInt8] = []

    /// Everything in a folder, in the order in which TensorBoard reads it; a record that is cut off or damaged is an
    /// error.
    static func all(in folder: String) throws -> [ShownValue] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("tfevents") }
        return try names.sorted().flatMap { name in
            let file = try readFile("\(folder)/\(name)")
            var values: [ShownValue] = []
            var place = 0
            while place < file.count {
                let (range, next) = try #require(EventRecord.data(in: file, from: place), "\(name) at \(place)")
                values += Self.values(of: file[range])
                place = next
            }
            return values
        }
    }

    private static func values(of event: ArraySlice<UInt8>) -> [ShownValue] {
        let fields = fields(event)
        let time = fields.first { $0.number == 1 }.flatMap(\.double) ?? 0
        let step = fields.first { $0.number == 2 }.flatMap(\.integer) ?? 0
        let summaries = fields.filter { $0.number == 5 }.compactMap(\.bytes).flatMap { Self.fields($0) }
        return summaries.compactMap(\.bytes).map { value in
            let fields = Self.fields(value)
            let tag = String(decoding: fields.first { $0.number == 1 }?.bytes ?? [], as: UTF8.self)
            var shown = ShownValue(time: time, step: step, tag: tag)
            let tensor = fields.first { $0.number == 8 }?.bytes.map { Self.fields($0) } ?? []
            shown.bytes = Array(tensor.last { $0.number == 4 || $0.number == 8 }?.bytes ?? [])
            if shown.bytes.count == 4 {
                shown.scalar = Float(
                    bitPattern: shown.bytes.reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
            let metadata = fields.first { $0.number == 9 }?.bytes.map { Self.fields($0) } ?? []
            let plugin = metadata.first { $0.number == 1 }?.bytes.map { Self.fields($0) } ?? []
            shown.content = Array(plugin.first { $0.number == 2 }?.bytes ?? [])
            return shown
        }
    }

    private static func fields(_ message: ArraySlice<UInt8>) -> [ProtobufReader.Field] {
        var reader = ProtobufReader(message)
        return Array(sequence(state: ()) { _ in reader.next() })
    }
}

extension ProtobufReader.Field {
    fileprivate var bytes: ArraySlice<UInt8>? { if case .bytes(let bytes) = content { bytes } else { nil } }
    fileprivate var integer: Int? { if case .number(let number) = content { Int(number) } else { nil } }
    fileprivate var double: Double? { if case .bits(let bits) = content { Double(bitPattern: bits) } else { nil } }
}
