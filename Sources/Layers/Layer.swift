import Autograd
import Schema
import Tensors

/// A layer as an immutable description with Keras's name, arguments and defaults: the list of layers in a config *is* the model.
///
/// A layer holds no weights. Asked to record itself, it creates its parameters and operations in a `Recorder`; what it
/// records in training and in inference may differ.
package protocol Layer: Described {
    /// Records what the layer computes from x, and returns the result.
    func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value
}

extension Format where Value == any Layer {
    /// One of the layers.
    package static var layer: Format { Format.layers.format }

    /// All of them; a new one is a file of its own and a word here.
    package static var layers: Family<any Layer> {
        Family(
            "layer",
            [
                Conv2D.self, Dense.self, MaxPooling2D.self, AveragePooling2D.self, GlobalMaxPooling2D.self,
                GlobalAveragePooling2D.self, Flatten.self, Dropout.self, BatchNormalization.self, ActivationLayer.self,
                LeakyReLU.self, Rescaling.self,
            ])
    }
}
