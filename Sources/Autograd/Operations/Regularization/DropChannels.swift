import Kernels
import Tensors

/// Sets a random share of each image's channels to zero and scales up the others. Input: anything that each image has.
///
/// Its own gradient, as that of `DropElements` is.
package struct DropChannels: ImageOperation {
    let rate: Float
    let salt: UInt64
    package let resultType: ValueType

    /// The salt tells layers apart.
    package init(_ x: Value, rate: Float, salt: UInt64) {
        self.rate = rate
        self.salt = salt
        resultType = x.type
    }

    package var isRandom: Bool { true }
    package var flops: Int { resultType.shape.count }
    package var overwritable: [Int] { [0] }

    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        [try graph.apply(DropChannels(request.upstream, rate: rate, salt: salt), to: request.upstream)]
    }

    package func run(_ run: borrowing Run) {
        let channels = resultType.shape.channels
        dropChannels(
            images: run.images, firstImage: run.firstImage, pixels: resultType.shape.count / channels,
            channels: channels, rate: rate, key: run.key(salt: salt), x: run.input(0), y: run.output)
    }
}
