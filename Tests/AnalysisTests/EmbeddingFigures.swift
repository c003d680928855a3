import Analysis
import Foundation
import Schema

/// What scikit-learn computed (Tests/Peers/make_fixtures.py).
enum EmbeddingFigures {
    static let points = rows("points")
    static let mean = floats("mean")
    static let directions = rows("directions")
    static let variances = numbers("variances")
    static let ratios = numbers("ratios")
    static let projected = rows("projected")
    static let plane = rows("plane").map { PlanePoint($0[0], $0[1]) }
    /// Trustworthiness by number of neighbours.
    static let trustworthiness = Array(zip(numbers("neighbours").map { Int($0) }, numbers("trustworthiness")))

    private static let fixture: JSON = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/embedding.json")
        do { return try JSON(parsing: [UInt8](Data(contentsOf: file))) } catch { fatalError("\(error)") }
    }()

    private static func rows(_ name: String) -> [[Float]] {
        read([[Double]].self, name).map { $0.map { Float($0) } }
    }

    private static func floats(_ name: String) -> [Float] { numbers(name).map { Float($0) } }
    private static func numbers(_ name: String) -> [Double] { read([Double].self, name) }

    private static func read<Value: Setting>(_: Value.Type, _ name: String) -> Value {
        do { return try Value(from: fixture[name]!) } catch { fatalError("\(name): \(error)") }
    }
}
