import Foundation
import Schema
import Testing

/// What SciPy computed (Tests/Peers/make_fixtures.py statistics).
enum StatisticsFigures {
    static let beta = cases("beta")
    static let student = cases("student")
    static let samples = cases("samples")
    static let welch = cases("welch")
    static let paired = cases("paired")

    /// One case: numbers and lists of numbers by name.
    struct Case: CustomTestStringConvertible {
        let json: JSON
        var testDescription: String { "\(json.compact.prefix(60))…" }

        func number(_ key: String) -> Double { StatisticsFigures.number(json[key]!) }
        func numbers(_ key: String) -> [Double] { json[key]!.elements!.map(StatisticsFigures.number) }
    }

    private static let fixture: JSON = {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        do {
            return try JSON(parsing: [UInt8](Data(contentsOf: folder.appending(path: "Fixtures/statistics.json"))))
        } catch {
            fatalError("statistics.json: \(error)")
        }
    }()

    private static func cases(_ key: String) -> [Case] { fixture[key]!.elements!.map(Case.init) }

    private static func number(_ json: JSON) -> Double {
        do { return try Double(from: json) } catch { fatalError("\(error)") }
    }
}

/// Demands that two numbers agree to ten digits, small ones by their own measure.
func expectClose(
    _ value: Double?, _ expected: Double, scale: Double = 0, sourceLocation: SourceLocation = #_sourceLocation
) {
    guard let value else {
        Issue.record("nothing, not \(expected)", sourceLocation: sourceLocation)
        return
    }
    let isClose = value == expected || abs(value - expected) <= 1e-10 * max(abs(expected), scale)
    #expect(isClose, "\(value), not \(expected)", sourceLocation: sourceLocation)
}
