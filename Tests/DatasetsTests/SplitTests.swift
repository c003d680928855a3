import Datasets
import Testing

@Suite struct SplitTests {
    private static let choices: [Split.Choice] = [.end, .shuffled(seed: 1), .stratified(seed: 1)]

    /// Classes of uneven sizes: 0 is rare, 3 is frequent.
    private func labels(_ count: Int) -> [UInt8] {
        (0..<count).map { (index: Int) -> UInt8 in UInt8((index * index + index / 7) % 10 / 3) }
    }

    @Test(arguments: choices, [2, 3, 7, 10, 101, 1000, 60_000])
    func `splits are disjoint and complete`(choice: Split.Choice, count: Int) throws {
        for fraction in [0, 0.1, 0.15, 1 / 3.0, 0.4] {
            let split = try Split(labels: labels(count), fraction: fraction, from: choice)
            #expect((split.training + split.validation).sorted() == Array(0..<count))
            #expect(split.training == split.training.sorted())
            #expect(split.validation == split.validation.sorted())
        }
    }

    @Test(arguments: [
        (60_000, 0.1, 54_000), (60_000, 0.2, 48_000), (101, 0.1, 90), (10, 0.25, 7), (15_000, 0.15, 12_750),
    ])
    func `the end is cut where Keras cuts it`(count: Int, fraction: Double, expected: Int) throws {
        let split = try Split(labels: labels(count), fraction: fraction, from: .end)
        #expect(split.training == Array(0..<expected))
        #expect(split.validation == Array(expected..<count))
        let shuffled = try Split(labels: labels(count), fraction: fraction, from: .shuffled(seed: 3))
        #expect(shuffled.training.count == expected)
    }

    @Test(arguments: [11, 103, 5_000, 60_000], [0.1, 0.17, 0.5])
    func `a stratified split is exact for each class`(count: Int, fraction: Double) throws {
        let labels = labels(count)
        let split = try Split(labels: labels, fraction: fraction, from: .stratified(seed: 5))
        for label in UInt8(0)...3 {
            let all = labels.count { $0 == label }
            let expected = max(Int(Double(all) * (1 - fraction)), min(all, 1))
            #expect(split.training.count { labels[$0] == label } == expected)
        }
    }

    @Test func `a class of one image is learned and not held back`() throws {
        let labels = [UInt8](repeating: 0, count: 50) + [UInt8](repeating: 1, count: 49) + [2]
        let split = try Split(labels: labels, fraction: 0.05, from: .stratified(seed: 0))
        #expect(split.training.contains(99) && split.validation.count == 6)
    }

    @Test func `the seed decides, and nothing else`() throws {
        let labels = labels(1000)
        for make in [Split.Choice.shuffled, Split.Choice.stratified] {
            let first = try Split(labels: labels, fraction: 0.2, from: make(1))
            #expect(try Split(labels: labels, fraction: 0.2, from: make(1)) == first)
            #expect(try Split(labels: labels, fraction: 0.2, from: make(2)) != first)
        }
    }

    @Test(arguments: choices, [(2, 2), (10, 3), (103, 5), (1000, 7), (60_000, 10)])
    func `each image is held back in one fold`(choice: Split.Choice, sizes: (count: Int, folds: Int)) throws {
        let labels = labels(sizes.count)
        let folds = try Split.folds(sizes.folds, labels: labels, from: choice)
        #expect(folds.count == sizes.folds)
        #expect(folds.flatMap(\.validation).sorted() == Array(0..<sizes.count))
        for fold in folds {
            #expect((fold.training + fold.validation).sorted() == Array(0..<sizes.count))
            #expect(sizes.count / sizes.folds...(sizes.count - 1) / sizes.folds + 1 ~= fold.validation.count)
        }
        guard case .stratified = choice else { return }
        for label in UInt8(0)...3 {
            let counts = folds.map { fold in fold.validation.count { labels[$0] == label } }
            #expect(counts.max()! - counts.min()! <= 1)
        }
    }

    @Test func `what cannot be split is an error`() {
        for fraction in [-0.1, 1, 2, .nan, .infinity] {
            #expect(throws: SplitError.self) { try Split(labels: labels(10), fraction: fraction, from: .end) }
        }
        #expect(throws: SplitError.nothingToLearnFrom(fraction: 0.9, count: 5)) {
            try Split(labels: labels(5), fraction: 0.9, from: .end)
        }
        #expect(throws: SplitError.nothingHeldBack(fraction: 1e-17, count: 5)) {
            try Split(labels: labels(5), fraction: 1e-17, from: .end)
        }
        for folds in [-1, 0, 1, 11] {
            #expect(throws: SplitError.folds(folds, count: 10)) {
                try Split.folds(folds, labels: labels(10), from: .end)
            }
        }
    }
}
