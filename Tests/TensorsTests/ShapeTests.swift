import Tensors
import Testing

@Suite struct ShapeTests {
    @Test(
        arguments: [
            ([], 1), ([7], 7), ([28, 28, 1], 784), ([3, 0, 5], 0), ([-4, 5], 0), ([1 << 39], 1 << 39),
            ([1 << 20, 1 << 20], Shape.tooMany), ([.max, .max, .max], Shape.tooMany), ([.max, 2, 0], 0),
            ([.min, .max], 0),
            ([1 << 39, 1], 1 << 39), ([1 << 39, 3], Shape.tooMany),
        ] as [([Int], Int)])
    func `elements are counted, up to more than any machine holds`(dimensions: [Int], count: Int) {
        #expect(Shape(dimensions).count == count)
    }

    @Test(arguments: [([], "()", 1), ([5], "(5,)", 5), ([28, 27, 3], "(28, 27, 3)", 3)] as [([Int], String, Int)])
    func `a shape is written as in Python, and its last axis are the channels`(
        dimensions: [Int], text: String, channels: Int
    ) {
        let shape = Shape(dimensions)
        #expect(shape.description == text)
        #expect(shape.channels == channels)
        #expect(shape.rank == dimensions.count && dimensions.indices.allSatisfy { shape[$0] == dimensions[$0] })
    }

    @Test func `an error says where, what, and which shapes`() {
        #expect(ShapeError(layer: "dense", "no", Shape(2, 3), Shape(4)).description == "dense: no [(2, 3), (4,)]")
        #expect(ShapeError("no").description == "no")
    }
}
