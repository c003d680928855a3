import Foundation
import Schema

/// An event that TensorFlow wrote (Tests/Peers/fixtures/tensorboard.py).
struct WrittenEvent: CustomStringConvertible {
    let name: String
    let time: Double
    let step: Int
    /// With its frame.
    let record: [UInt8]
    /// What a histogram is of.
    let values: [Float]
    /// What an image is of.
    let png: [UInt8]

    var description: String { name }

    static let all: [WrittenEvent] = {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/tensorboard.json")
        do {
            let json = try JSON(parsing: [UInt8](Data(contentsOf: path)))
            return try (json["cases"]?.elements ?? []).map(WrittenEvent.init)
        } catch {
            fatalError("\(path): \(error)")
        }
    }()

    private init(_ json: JSON) throws {
        name = json["name"]?.text ?? ""
        time = try Double(from: json["time"] ?? nil)
        step = try Int(from: json["step"] ?? nil)
        record = bytes(json["record"]?.text ?? "")
        values = try json["values"].map { try [Double](from: $0).map { Float($0) } } ?? []
        png = bytes(json["png"]?.text ?? "")
    }
}

/// The bytes that two hexadecimal digits each stand for.
func bytes(_ digits: String) -> [UInt8] {
    let values = digits.compactMap(\.hexDigitValue)
    return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) }
}
