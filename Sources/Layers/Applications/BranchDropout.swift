import Autograd
import Schema
import Tensors

/// Leaves some images without a branch while training, and scales up that of the others: Keras's Dropout with one draw an image.
struct BranchDropout: UnaryLayer {
    private let rate: Double

    init() { self.init(rate: 0) }

    init(rate: Double) { self.rate = rate }

    static let name = "Dropout"
    static let summary = "Sets all of some images to zero while training."
    static var fields: [Field<BranchDropout>] { [] }

    func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard recorder.isTraining, rate > 0 else { return x }
        let salt = recorder.salt
        // All of an image as one channel.
        let whole = try recorder.graph.apply(Reshape(x, to: Shape(x.shape.count, 1)), to: x)
        let dropped = try recorder.graph.apply(DropChannels(whole, rate: Float(rate), salt: salt), to: whole)
        return try recorder.graph.apply(Reshape(dropped, to: x.shape), to: dropped)
    }
}
