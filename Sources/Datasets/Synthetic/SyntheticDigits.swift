import Kernels
import Machine
import Synchronization
import Tensors

/// Digits that need no file: drawn like handwriting, the same on every machine.
///
/// A linear model finds them about as hard as MNIST's, a convolutional one too, so that a first experiment without
/// data shows what a first experiment with data does.
package enum SyntheticDigits {
    /// The set's name in configs and commands.
    package static let name = "synthetic-digits"

    /// Both parts, by default as large as MNIST's; a larger part begins with the images of a smaller one.
    package static func make(
        training: Int = 60_000, test: Int = 10_000, seed: UInt64 = 0,
        threads: Int = Given.toThisProcess.processors.amount
    ) -> DataParts {
        DataParts(
            name: name, training: part("training", count: training, seed: seed, threads: threads),
            test: part("test", count: test, seed: seed, threads: threads), origin: "the generator, seed \(seed)")
    }

    private static let size = 28

    /// Images a task: the parallel loop's only grain, and no matter to the result.
    private static let chunkSize = 512

    private static func part(_ part: String, count: Int, seed: UInt64, threads: Int) -> Dataset {
        let chunkCount = count.dividedRoundingUp(by: chunkSize)
        let chunks = Mutex([Dataset?](repeating: nil, count: chunkCount))
        Team(threads: min(threads, chunkCount)).forEach(chunkCount) { chunk in
            let images = draw(part, chunk * chunkSize..<min((chunk + 1) * chunkSize, count), seed: seed)
            chunks.withLock { $0[chunk] = images }
        }
        let drawn = chunks.withLock { $0 }.compactMap(\.self)
        return dataset(pixels: drawn.flatMap(\.pixels), labels: drawn.flatMap(\.labels))
    }

    /// Every image depends on its number alone.
    private static func draw(_ part: String, _ numbers: Range<Int>, seed: UInt64) -> Dataset {
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        for number in numbers {
            var draws = Draws(RandomSource(seed: seed, purpose: "synthetic digits, \(part)", round: number))
            let digit = draws.integer(below: 10)
            let handwriting = Handwriting(digit: digit, draws: &draws)
            var ink = Ink(size: size)
            for piece in handwriting.pieces { ink.draw(piece) }
            let grain = 0.3 * draws.uniform()
            pixels += ink.bytes(grain: grain, draws: &draws)
            labels.append(UInt8(digit))
        }
        return dataset(pixels: pixels, labels: labels)
    }

    private static func dataset(pixels: [UInt8], labels: [UInt8]) -> Dataset {
        Dataset(height: size, width: size, classNames: (0..<10).map { "\($0)" }, pixels: pixels, labels: labels)
    }
}
