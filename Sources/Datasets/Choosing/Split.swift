import Tensors

/// The images to train on and those to validate with, as ascending image numbers.
package struct Split: Sendable, Hashable {
    package var training: [Int]

    package var validation: [Int]

    /// How the images to hold back are chosen.
    package enum Choice: Sendable, Hashable {
        /// The last ones, as Keras's `validation_split` does.
        case end

        /// Any, by a shuffle that the seed decides.
        case shuffled(seed: UInt64)

        /// The same share of every class, by a shuffle that the seed decides.
        case stratified(seed: UInt64)
    }

    /// Holds a fraction back; of `n` images `Int(n * (1 - fraction))` remain, as in Keras. Where each class is cut for itself, at least
    /// one image of it remains.
    package init(labels: [UInt8], fraction: Double, from choice: Choice) throws(SplitError) {
        guard fraction >= 0, fraction < 1 else { throw .fraction(fraction) }
        var training: [Int] = []
        var validation: [Int] = []
        for group in Self.groups(labels, choice) {
            let cut = Int(Double(group.count) * (1 - fraction))
            // A class of which nothing were left could not be learned.
            let isClass = if case .stratified = choice { true } else { false }
            let remaining = isClass ? max(cut, min(1, group.count)) : cut
            training += group[..<remaining]
            validation += group[remaining...]
        }
        guard !training.isEmpty else { throw .nothingToLearnFrom(fraction: fraction, count: labels.count) }
        guard fraction == 0 || !validation.isEmpty else {
            throw .nothingHeldBack(fraction: fraction, count: labels.count)
        }
        self.init(training: training, validation: validation)
    }

    /// Splits the images `count` times so that each is held back once; sizes differ by one at most, and so do those of
    /// each class where the choice is stratified.
    package static func folds(_ count: Int, labels: [UInt8], from choice: Choice) throws(SplitError) -> [Split] {
        guard 2...max(labels.count, 2) ~= count, labels.count >= 2 else {
            throw .folds(count, count: labels.count)
        }
        var fold = [Int](repeating: 0, count: labels.count)
        if case .end = choice {
            for index in labels.indices { fold[index] = index * count / labels.count }
        } else {
            // Dealt like cards; where one class ends in the row, the next goes on.
            for (place, index) in groups(labels, choice).joined().enumerated() { fold[index] = place % count }
        }
        return (0..<count).map { held in
            Split(
                training: labels.indices.filter { fold[$0] != held },
                validation: labels.indices.filter { fold[$0] == held })
        }
    }

    private init(training: [Int], validation: [Int]) {
        self.training = training.sorted()
        self.validation = validation.sorted()
    }

    /// The images in the order in which the cut is made, each class for itself where it counts.
    private static func groups(_ labels: [UInt8], _ choice: Choice) -> [[Int]] {
        switch choice {
        case .end:
            return [Array(labels.indices)]
        case .shuffled(let seed):
            return [RandomSource(seed: seed, purpose: "split").permutation(of: labels.count)]
        case .stratified(let seed):
            var groups = [[Int]](repeating: [], count: 256)
            for index in RandomSource(seed: seed, purpose: "split").permutation(of: labels.count) {
                groups[Int(labels[index])].append(index)
            }
            return groups
        }
    }
}

/// Why images cannot be split as asked.
package enum SplitError: Error, Hashable, CustomStringConvertible {
    case fraction(Double)
    case nothingToLearnFrom(fraction: Double, count: Int)
    case nothingHeldBack(fraction: Double, count: Int)
    case folds(Int, count: Int)

    /// One line: what was asked, why it cannot be, what can.
    package var description: String {
        switch self {
        case .fraction(let fraction):
            "a validation fraction of \(fraction) is none; it must be at least 0 and below 1"
        case .nothingToLearnFrom(let fraction, let count):
            "a validation fraction of \(fraction) leaves no image of \(count) to learn from; make it smaller"
        case .nothingHeldBack(let fraction, let count):
            "a validation fraction of \(fraction) holds back none of \(count) images; make it larger, or take more images"
        case .folds(let folds, let count):
            "\(folds) folds of \(count) images cannot be; there must be at least 2, and no more than images"
        }
    }
}
