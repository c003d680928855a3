import Datasets
import Testing

@Suite struct SyntheticDigitsTests {
    @Test func `every machine draws the same digits`() {
        let fingerprints = SyntheticDigits.make().fingerprints
        #expect(fingerprints == KnownDataset.syntheticDigits.fingerprints)
    }

    @Test func `a larger part begins with the images of a smaller one`() {
        let large = SyntheticDigits.make(training: 1100, test: 30)
        let small = SyntheticDigits.make(training: 513, test: 7)
        #expect(small.training == large.training.limited(to: 513))
        #expect(small.test == large.test.limited(to: 7))
    }

    @Test func `training and test part have nothing in common, nor have two seeds`() {
        let first = SyntheticDigits.make(training: 500, test: 500)
        let second = SyntheticDigits.make(training: 500, test: 500, seed: 1)
        let images = [first.training, first.test, second.training, second.test].flatMap { part in
            (0..<part.count).map { Array(part.image($0)) }
        }
        #expect(Set(images).count == 2000)
    }

    @Test func `pixels are as MNIST's: clean paper, full ink, mass in the middle`() {
        let part = SyntheticDigits.make(training: 2000, test: 1).training
        let statistics = PartStatistics(part)
        #expect(statistics.range == [0, 255])
        #expect(0.09...0.15 ~= statistics.mean)
        #expect(0.25...0.33 ~= statistics.standardDeviation)
        #expect(part.classCounts.allSatisfy { 150...250 ~= $0 })
        for number in 0..<part.count {
            var (mass, x, y) = (0.0, 0.0, 0.0)
            for (place, pixel) in part.image(number).enumerated() {
                mass += Double(pixel)
                x += Double(pixel) * (Double(place % 28) + 0.5)
                y += Double(pixel) * (Double(place / 28) + 0.5)
            }
            #expect(abs(x / mass - 14) < 3 && abs(y / mass - 14) < 3)
        }
    }
}
