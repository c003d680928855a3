import Autograd
import Schema
import Tensors

/// A published network as one layer, which can be given published weights.
///
/// Frozen, it computes in training what it computes afterwards, which Keras's guides ask for with `base(x, training=False)`.
/// Left to itself, Keras drops branches of a frozen network in `fit`, so that an image's features differ from epoch to epoch.
package protocol Application: UnaryLayer {
    var includeTop: Bool { get set }
    /// Nil leaves the weights as they are drawn.
    var weights: WeightSource? { get set }
    var network: EfficientNet { get }
    /// The name of the file of ImageNet weights, without a folder.
    static var weightsFile: String { get }
    /// The name of the folder that may be around it.
    static var weightsFolder: String { get }
    /// What Keras calls its own file of them.
    static var kerasFile: String? { get }
}

extension Application {
    package static var fields: [Field<Self>] {
        [
            .optional(
                "include_top", \.includeTop, "whether ImageNet's classifier is part of it; only false is possible"),
            .optional(
                "weights", \.weights,
                "a file of weights, \"imagenet\" for \(weightsFile) among the data, or null for random ones"),
        ]
    }

    package func check(at place: Place, _ problems: inout Problems) {
        guard includeTop else { return }
        problems.append(
            place.problem(
                at: "include_top", "\(Self.name) has no classifier here",
                remedy: "leave it false, and put GlobalAveragePooling2D and Dense behind the layer"))
    }

    package func resolvingPaths(_ absolute: (String) -> String) -> Self {
        guard case .file(let path) = weights else { return self }
        var resolved = self
        resolved.weights = .file(absolute(path))
        return resolved
    }

    package func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value {
        try requireImages(x)
        guard x.shape[2] == 3 else {
            throw ShapeError(
                "\(Self.name) takes images of three channels; "
                    + "a Concatenate that names a grey image three times in its \"inputs\" makes one",
                x.shape)
        }
        let least = 32
        guard x.shape[0] >= least, x.shape[1] >= least else {
            throw ShapeError(
                "\(Self.name) takes images of at least \(least) × \(least); a Resizing before it makes them larger",
                x.shape)
        }
        return try recorder.record(inner: network.layers, reading: x)
    }
}
