import Autograd
import Schema
import Tensors

/// Leaves some images without a branch while training, and scales up that of the others: Keras's Dropout with one draw per image.
struct BranchDropout: UnaryLayer {
    private var rate: Double
    /// Keras's argument of that name: one draw for all of an image.
    private var noiseShape: [Int?] = [nil, 1, 1, 1]

    init() { self.init(rate: 0) }

    init(rate: Double) { self.rate = rate }

    static let name = "Dropout"
    static let summary = "Sets all of some images to zero while training."
    static var fields: [Field<BranchDropout>] {
        [
            .required("rate", \.rate, in: 0..<1, "which part of the images"),
            .optional("noise_shape", \.noiseShape, "axes that have draws of their own are null"),
        ]
    }

    func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        guard recorder.isTraining, rate > 0 else { return x }
        let salt = recorder.salt
        // All of an image as one channel.
        let whole = try recorder.graph.apply(Reshape(x, to: Shape(x.shape.count, 1)), to: x)
        let dropped = try recorder.graph.apply(DropChannels(whole, rate: Float(rate), salt: salt), to: whole)
        return try recorder.graph.apply(Reshape(dropped, to: x.shape), to: dropped)
    }
}
