import Kernels
import Oracles
import TestSupport
import Testing

@Suite struct SoftmaxTests {
    static let classCounts = [1, 2, 3, 10, 15, 16, 17, 33, 100]

    @Test(arguments: classCounts, Wall.allCases)
    func `probabilities and their gradient are those of the definition`(classes: Int, wall: Wall) {
        var noise = Noise("softmax \(classes)")
        let x = noise.floats(7 * classes, in: -20...20)
        let truth = Reference.softmax(classes: classes, x: x)
        let y = GuardedFloats(x, wall)
        softmax(rows: 7, classes: classes, x: y.readOnly, y: y.base)
        #expect(relativeError(y.values, truth) < 5e-7)

        let dy = noise.floats(7 * classes)
        let dx = GuardedFloats(dy, wall)
        softmaxGradient(rows: 7, classes: classes, y: y.readOnly, dy: dx.readOnly, dx: dx.base)
        let slopes = truth.indices.map { index in
            let row = index / classes * classes..<(index / classes + 1) * classes
            return truth[index] * (Double(dy[index]) - row.reduce(0) { $0 + Double(dy[$1]) * truth[$1] })
        }
        #expect(classes == 1 ? dx.values! == Array(repeating: 0, count: 7) : relativeError(dx.values, slopes) < 1e-6)
    }

    @Test(arguments: classCounts, [0, 0.1, 0.9] as [Double])
    func `cross-entropy and its gradient are those of the definition`(classes: Int, smoothing: Double) {
        var noise = Noise("cross-entropy \(classes) \(smoothing)")
        let x = noise.floats(9 * classes, in: -20...20)
        let labels = (0..<9).map { _ in noise.integer(in: 0...classes - 1) }
        let dy = noise.floats(9)
        let truth = Reference.crossEntropy(classes: classes, smoothing: smoothing, x: x, labels: labels)
        let slopes = Reference.crossEntropyGradient(
            classes: classes, smoothing: smoothing, x: x, labels: labels, dy: dy)
        for wall in Wall.allCases {
            let logits = GuardedFloats(x, wall)
            let classLabels = GuardedFloats(labels.map { Float($0) }, wall)
            let losses = GuardedFloats(count: 9, wall)
            crossEntropy(
                rows: 9, classes: classes, smoothing: Float(smoothing), x: logits.readOnly,
                labels: classLabels.readOnly, losses: losses.base)
            #expect(zip(losses.values!, truth).allSatisfy { abs(Double($0) - $1) < 1e-6 * (1 + $1) })
            let upstream = GuardedFloats(dy, wall)
            let dx = GuardedFloats(count: x.count, wall)
            crossEntropyGradient(
                rows: 9, classes: classes, smoothing: Float(smoothing), x: logits.readOnly,
                labels: classLabels.readOnly, dy: upstream.readOnly, dx: dx.base)
            #expect(zip(dx.values!, slopes).allSatisfy { abs(Double($0) - $1) < 5e-7 })
        }
    }

    @Test func `huge logits neither overflow nor lose their loss`() {
        let x: [Float] = [3e38, -3e38, 0, 1000, 1001, 999]
        var y = x
        softmax(rows: 2, classes: 3, x: x, y: &y)
        #expect(Array(y[0..<3]) == [1, 0, 0])
        #expect(abs(y[4] - 0.665_240_96) < 1e-6)
        var losses: [Float] = [0, 0]
        crossEntropy(rows: 2, classes: 3, smoothing: 0, x: x, labels: [0, 1], losses: &losses)
        #expect(losses[0] == 0)
        #expect(abs(losses[1] - 0.407_605_96) < 1e-6)
    }

    @Test(arguments: 0..<3)
    func `a NaN among the logits spoils its own row only`(place: Int) {
        var x: [Float] = [1, 2, 3, 1, 2, 3]
        x[place] = .nan
        var y = x
        softmax(rows: 2, classes: 3, x: x, y: &y)
        #expect(y[0..<3].allSatisfy(\.isNaN) && y[3...].allSatisfy(\.isFinite))
        var losses: [Float] = [0, 0]
        crossEntropy(rows: 2, classes: 3, smoothing: 0.1, x: x, labels: [0, 0], losses: &losses)
        #expect(losses[0].isNaN && losses[1].isFinite)
        crossEntropyGradient(rows: 2, classes: 3, smoothing: 0, x: x, labels: [0, 0], dy: [1, 1], dx: &y)
        #expect(y[0..<3].allSatisfy(\.isNaN) && y[3...].allSatisfy(\.isFinite))
    }

    @Test func `a row is correct where its first largest value stands at the label`() {
        let x: [Float] = [1, 3, 3, 0, -1, -2, 5, 5, 5]
        for (labels, expected) in [([1, 0, 0], [1, 1, 1]), ([2, 1, 1], [0, 0, 0])] as [([Float], [Float])] {
            var y: [Float] = [9, 9, 9]
            correctness(rows: 3, classes: 3, x: x, labels: labels, y: &y)
            #expect(y == expected)
        }
        var y: [Float] = [9]
        correctness(rows: 1, classes: 1, x: x, labels: [0], y: &y)
        #expect(y == [1])
    }

    @Test(arguments: [1, 2, 17, 100])
    func `squared errors are means over their row`(count: Int) {
        var noise = Noise("squared error \(count)")
        let prediction = noise.floats(3 * count)
        let target = noise.floats(3 * count)
        let differences = zip(prediction, target).map { Double($0) - Double($1) }
        var losses: [Float] = [0, 0, 0]
        squaredError(rows: 3, count: count, prediction: prediction, target: target, losses: &losses)
        let truth = (0..<3).map { row in
            differences[row * count..<(row + 1) * count].reduce(0) { $0 + $1 * $1 } / Double(count)
        }
        #expect(relativeError(losses, truth) < 1e-6)
        var dx = prediction
        squaredErrorGradient(
            rows: 3, count: count, prediction: prediction, target: target, dy: [1, -1, 3], dx: &dx)
        let slopes = differences.enumerated().map { [2.0, -2, 6][$0 / count] * $1 / Double(count) }
        #expect(relativeError(dx, slopes) < 1e-6)
    }
}
