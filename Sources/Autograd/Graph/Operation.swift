import Kernels
import Tensors

/// A coarse step of a computation: its shape rule, its gradient rule, its cost; one of its refinements says how it runs.
///
/// The shape rule is the initializer, which takes the types of the inputs and throws where they do not fit: an operation
/// that exists can run. A new operation is one new file: nothing but a rewrite, which joins operations, and a translation to
/// another format ask which one a node holds.
package protocol Operation: Sendable {
    /// How it runs; each refinement says it.
    var role: OperationRole { get }
    /// As listings show it.
    var name: String { get }
    /// Extent and shape of the result.
    var resultType: ValueType { get }
    /// Records the gradients of the inputs that are wanted; nil where there is none.
    func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?]
    /// Multiplications and additions for one image.
    var flops: Int { get }
    /// What it computes, as people say it: `convolution + ReLU`.
    var title: String { get }
    /// Which of several kernels computes it; nil where there is only one.
    var variant: String? { get }
    /// Whether the result is a probability for each class.
    var yieldsProbabilities: Bool { get }
    /// Whether it draws random numbers, so that an image's result differs from step to step.
    var isRandom: Bool { get }
}

/// The three ways to run.
package enum OperationRole: Sendable {
    case image(any ImageOperation)
    case sum(any SumOperation)
    case whole(any WholeOperation)
}

extension Operation {
    /// The type's own name.
    package var name: String { "\(Self.self)" }

    /// None by default: for operations of the backward pass, and for those through which no gradient passes, such as
    /// `Correctness`.
    package func gradients(_ request: GradientRequest, in graph: inout Graph) throws(ShapeError) -> [Value?] {
        throw ShapeError("the gradient of \(name) is not defined")
    }

    /// Next to nothing, for operations that only move or compare numbers.
    package var flops: Int { 0 }
    /// The name in words: `ConvolutionKernelGradient` becomes `convolution kernel gradient`.
    package var title: String { words(of: name) }
    package var variant: String? { nil }
    package var yieldsProbabilities: Bool { false }
    package var isRandom: Bool { false }
}

/// Refuses so many products for one image that sums of costs could overflow; no machine would compute them either.
func checkCost(products: Double, _ window: Shape, _ image: Shape) throws(ShapeError) {
    guard products < 0x1p48 else { throw ShapeError("would multiply more often than any machine can", window, image) }
}

/// What a gradient rule works from.
package struct GradientRequest: Sendable {
    /// What the operation read.
    package let inputs: [Value]
    /// What it computed.
    package let output: Value
    /// The gradient of the loss with respect to the output, complete: all of its readers are in it.
    package let upstream: Value
    /// Which inputs' gradients lead to something wanted; the others may be left out.
    package let wanted: [Bool]
}

/// Treats every image by itself: runs inside a stage, a few images at a time.
package protocol ImageOperation: Operation {
    /// Inputs whose memory the result may take over: position i of the result depends on position i of the input alone.
    var overwritable: [Int] { get }
    /// Floats of working space per image.
    var space: Int { get }
    /// Floats of working space beside that, however many images are in a group.
    var scratch: Int { get }
    /// Work that depends on whole inputs only and is done once before the stage, such as packing weights.
    var preparation: Preparation? { get }
    /// What can be noted for the gradient beside the result.
    var byproduct: ValueType? { get }
    /// Whether the result is the input under another shape, so that both are one memory.
    var isView: Bool { get }
    /// Does a piece of the preparation, into `run.prepared`.
    func prepare(_ run: borrowing Run)
    /// Computes the result of `run.images` images.
    func run(_ run: borrowing Run)
}

extension ImageOperation {
    package var role: OperationRole { .image(self) }
    /// None: the result has memory of its own.
    package var overwritable: [Int] { [] }
    package var space: Int { 0 }
    package var scratch: Int { 0 }
    package var preparation: Preparation? { nil }
    package var byproduct: ValueType? { nil }
    package var isView: Bool { false }
    package func prepare(_ run: borrowing Run) {}
}

/// Memory and parallel pieces of a preparation.
package struct Preparation: Sendable {
    /// Floats that it fills.
    package let floats: Int
    /// Independent pieces.
    package let pieces: Int
}

/// Adds up over the batch: each shard of a stage fills a part, and the parts are combined in order after it.
package protocol SumOperation: Operation {
    /// Floats of one part.
    var partFloats: Int { get }
    /// Whether a shard's first group overwrites its part; for others, a part begins as zeros.
    var overwrites: Bool { get }
    /// Floats of working space per image.
    var space: Int { get }
    /// Floats of working space beside that, however many images are in a group.
    var scratch: Int { get }
    /// Adds the images of a group to `run.output`, or overwrites it if it says so. That is the shard's part, or what the shard
    /// gathers.
    func add(_ run: borrowing Run)
    /// Floats in which a shard gathers its sum, if that takes another form than its part: memory of a worker, which the next
    /// shard uses again. 0 where groups are added to the part itself.
    var gatheredFloats: Int { get }
    /// Turns what a shard has gathered into its part.
    func finish(_ gathered: UnsafePointer<Float>, to part: UnsafeMutablePointer<Float>)
    /// Independent pieces of combining.
    var pieces: Int { get }
    /// Combines `run.parts`, `run.partStride` apart, into `run.output`.
    func combine(_ run: borrowing Run)
}

extension SumOperation {
    package var role: OperationRole { .sum(self) }
    /// The result itself, before it is complete.
    package var partFloats: Int { resultType.shape.count }
    package var overwrites: Bool { false }
    package var space: Int { 0 }
    package var scratch: Int { 0 }
    package var gatheredFloats: Int { 0 }
    package func finish(_ gathered: UnsafePointer<Float>, to part: UnsafeMutablePointer<Float>) {}
    /// One piece for every few thousand floats.
    package var pieces: Int { piecesOfRange(partFloats) }
    /// Adds the parts up.
    package func combine(_ run: borrowing Run) {
        sumParts(
            parts: run.partCount, stride: run.partStride, range: run.share(of: partFloats), from: run.parts,
            to: run.output)
    }
}

/// Works once a batch, between stages; of values that exist for each image it reads those of the whole batch.
package protocol WholeOperation: Operation {
    /// Independent pieces, a function of shapes alone.
    var pieces: Int { get }
    /// Floats of working space of each piece.
    var scratch: Int { get }
    /// Does piece `run.piece` of `run.pieces`.
    func run(_ run: borrowing Run)
}

extension WholeOperation {
    package var role: OperationRole { .whole(self) }
    package var pieces: Int { 1 }
    package var scratch: Int { 0 }
}

/// Pieces for a loop over that many floats.
func piecesOfRange(_ count: Int) -> Int { count.pieces(noShorterThan: 8192) }
