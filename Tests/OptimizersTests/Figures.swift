import Foundation
import Optimizers
import Schema
import Testing

/// What Keras computed (Tests/Peers/make_fixtures.py).
enum Figures {
    /// One optimizer's variables after each step.
    struct OptimizerCase: CustomTestStringConvertible {
        let description: JSON
        let variables: [[[Float]]]
        /// Their moving averages, where such are kept.
        let averages: [[[Float]]]?
        var testDescription: String { description.compact }
    }

    /// One schedule's rates at some steps.
    struct ScheduleCase: CustomTestStringConvertible {
        let description: JSON
        let rates: [(step: Int, rate: Float)]
        var testDescription: String { description.compact }
    }

    private static let optimizerFixture = fixture("optimizers")

    /// The variables before the first step.
    static let initial = floats(optimizerFixture["initial"]!)
    /// By step, then by variable.
    static let gradients = optimizerFixture["gradients"]!.elements!.map(floats)
    static let optimizers = optimizerFixture["cases"]!.elements!.map { json in
        OptimizerCase(
            description: json["optimizer"]!, variables: json["variables"]!.elements!.map(floats),
            averages: json["averages"]?.elements?.map(floats))
    }
    static let schedules = fixture("schedules")["cases"]!.elements!.map { json in
        let rates = read([Double].self, json["rates"]!).map { Float($0) }
        return ScheduleCase(
            description: json["schedule"]!, rates: zip(read([Int].self, json["steps"]!), rates).map { ($0, $1) })
    }

    private static func floats(_ json: JSON) -> [[Float]] {
        read([[Double]].self, json).map { $0.map { Float($0) } }
    }

    private static func fixture(_ name: String) -> JSON {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
        do {
            return try JSON(parsing: [UInt8](Data(contentsOf: folder.appending(path: "Fixtures/\(name).json"))))
        } catch {
            fatalError("\(name).json: \(error)")
        }
    }

    private static func read<Value: Setting>(_: Value.Type, _ json: JSON) -> Value {
        do { return try Value(from: json) } catch { fatalError("\(error)") }
    }
}
