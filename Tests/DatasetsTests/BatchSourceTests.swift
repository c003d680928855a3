import Datasets
import Testing

@Suite struct BatchSourceTests {
    private static let dataset = Dataset(
        height: 2, width: 3, classNames: ["a", "b", "c"], pixels: (0..<10 * 6).map { UInt8($0 * 4) },
        labels: (0..<10).map { UInt8($0 % 3) })

    @Test func `an epoch holds every chosen image once, and each epoch in another order`() {
        let chosen = [1, 2, 3, 5, 8, 9]
        let source = BatchSource(Self.dataset, images: chosen, batchSize: 4, shuffledBy: 7)
        let orders = (0..<20).map { source.order(epoch: $0) }
        #expect(orders.allSatisfy { $0.sorted() == chosen })
        #expect(Set(orders).count > 15)
        #expect(source.order(epoch: 3) == orders[3])
        #expect(BatchSource(Self.dataset, images: chosen, batchSize: 2, shuffledBy: 7).order(epoch: 3) == orders[3])
        #expect(BatchSource(Self.dataset, images: chosen, batchSize: 4, shuffledBy: 8).order(epoch: 3) != orders[3])
    }

    @Test func `without a shuffle the order is that of the data`() {
        let source = BatchSource(Self.dataset, batchSize: 3)
        #expect(source.order(epoch: 5) == Array(0..<10))
    }

    @Test(arguments: [(1, 10, 1), (3, 4, 1), (5, 2, 5), (10, 1, 10), (64, 1, 10)])
    func `the last batch is short`(size: Int, count: Int, last: Int) {
        let source = BatchSource(Self.dataset, batchSize: size)
        #expect(source.batchCount == count)
        #expect((0..<count).flatMap { Array(source.range(ofBatch: $0)) } == Array(0..<10))
        #expect(source.range(ofBatch: count - 1).count == last)
    }

    @Test func `images and labels are decoded in the order asked for, and nothing beyond them is touched`() {
        let source = BatchSource(Self.dataset, batchSize: 4)
        var images = [Float](repeating: -1, count: 4 * 6)
        var labels = [Float](repeating: -1, count: 4)
        var imageSpan = images.mutableSpan
        var labelSpan = labels.mutableSpan
        source.decode([7, 0, 5], images: &imageSpan, labels: &labelSpan)
        let expected = [7, 0, 5].flatMap { Self.dataset.image($0).map { Float($0) / 255 } }
        #expect(images == expected + [Float](repeating: -1, count: 6))
        #expect(labels == [1, 0, 2, -1])
    }

    @Test func `every byte becomes the float that numpy makes of it`() {
        let all = Dataset(
            height: 16, width: 16, classNames: ["a"], pixels: (0..<256).map { UInt8($0) }, labels: [0])
        let source = BatchSource(all, batchSize: 1)
        var images = [Float](repeating: 0, count: 256)
        var label: Float = 1
        source.decode([0], images: &images, labels: &label)
        #expect(label == 0)
        #expect((0..<256).allSatisfy { images[$0] == Float(Double($0) / 255) })
        // numpy.float32([1, 2, 3, 127, 254]) / 255, their bits.
        let bits: [UInt32] = [0x3B80_8081, 0x3C00_8081, 0x3C40_C0C1, 0x3EFE_FEFF, 0x3F7E_FEFF]
        #expect([1, 2, 3, 127, 254].map { images[$0].bitPattern } == bits)
    }
}
