#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

// Softmax and the cross-entropy of class labels by their definitions, in double precision.

extension Reference {
    /// e^x over the sum of e^x, for every row.
    package static func softmax(classes: Int, x: [Float]) -> [Double] {
        rows(x, of: classes).flatMap { row in
            let largest = row.max() ?? 0
            let exponentials = row.map { exp($0 - largest) }
            let sum = exponentials.reduce(0, +)
            return exponentials.map { $0 / sum }
        }
    }

    /// −Σ target · log softmax(x) for every row, where a share `smoothing` of the target is spread over all classes.
    package static func crossEntropy(classes: Int, smoothing: Double, x: [Float], labels: [Int]) -> [Double] {
        zip(rows(x, of: classes), labels).map { row, label in
            let largest = row.max() ?? 0
            let logSum = largest + log(row.reduce(0) { $0 + exp($1 - largest) })
            return row.indices.reduce(0) { loss, index in
                loss + target(index, label, classes, smoothing) * (logSum - row[index])
            }
        }
    }

    /// (softmax(x) − target) · dy for every row.
    package static func crossEntropyGradient(
        classes: Int, smoothing: Double, x: [Float], labels: [Int], dy: [Float]
    ) -> [Double] {
        softmax(classes: classes, x: x).enumerated().map { index, probability in
            let row = index / classes
            return (probability - target(index % classes, labels[row], classes, smoothing)) * Double(dy[row])
        }
    }

    private static func target(_ index: Int, _ label: Int, _ classes: Int, _ smoothing: Double) -> Double {
        (index == label ? 1 - smoothing : 0) + smoothing / Double(classes)
    }

    private static func rows(_ x: [Float], of classes: Int) -> [[Double]] {
        stride(from: 0, to: x.count, by: classes).map { x[$0..<$0 + classes].map(Double.init) }
    }
}
