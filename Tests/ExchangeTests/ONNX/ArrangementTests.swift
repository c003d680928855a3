import Tensors
import Testing

@testable import Exchange

@Suite struct ArrangementTests {
    @Test func `numbers are arranged as the order of axes says`() {
        let image = Arrangement.channelsFirst(Shape(2, 2, 3))
        #expect(image.lengths == [3, 2, 2])
        #expect(image.arranged((0..<12).map { Float($0) }) == [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11])
        let turned = Arrangement(shape: Shape(2, 3), order: [1, 0])
        #expect(turned.arranged([1, 2, 3, 4, 5, 6]) == [1, 4, 2, 5, 3, 6])
        #expect(Arrangement.own(Shape()).arranged([7]) == [7])
    }

    @Test func `tensors with the same sequence are known as such under any lengths`() {
        let grey = Shape(4, 5, 1)
        #expect(Arrangement.channelsFirst(grey).walk == Arrangement.own(Shape(20)).walk)
        #expect(Arrangement.channelsFirst(Shape(4, 5, 2)).walk != Arrangement.own(Shape(40)).walk)
        #expect(Arrangement.channelsFirst(Shape(1, 1, 6)).walk == Arrangement.own(Shape(1, 2, 3)).walk)
        #expect(
            Arrangement(shape: Shape(2, 3, 4), order: [1, 2, 0]).walk
                == Arrangement(shape: Shape(2, 12), order: [1, 0]).walk)
    }

    @Test func `an axis of a value is found behind the batch`() {
        let image = Arrangement.channelsFirst(Shape(5, 6, 7))
        #expect((0..<3).map(image.axis) == [2, 3, 1])
        #expect(image.channelLengths == [7, 1, 1])
        #expect(Arrangement.own(Shape(5, 6, 7)).channelLengths == [7])
    }
}
