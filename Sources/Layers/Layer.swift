import Autograd
import Schema
import Tensors

/// A layer as an immutable description with Keras's name, arguments and defaults: the layers in a config *are* the model.
///
/// A layer holds no weights. Given values, it creates its parameters and operations in a `Recorder` and gives a value; what it
/// records in training and in inference may differ.
package protocol Layer: Described {
    /// Its name in a model that gives it none; from the second such layer on, with a number.
    static var defaultName: String { get }
    /// How many values it reads.
    static var arity: ClosedRange<Int> { get }
    /// Layers within it, by the keys under which they stand; their first ones read what the layer reads.
    var branches: [Branch] { get }
    /// The same layer with every path in it resolved.
    func resolvingPaths(_ absolute: (String) -> String) -> Self
    /// Records what the layer computes from as many values as it reads.
    func record(_ inputs: [Value], in recorder: inout Recorder) throws(ShapeError) -> Value
}

/// Layers that stand within another one.
package struct Branch {
    /// The key of the outer layer under which they stand.
    package let key: String
    package let layers: [PlacedLayer]
}

extension Layer {
    package static var defaultName: String { snakeCase(name) }
    package var branches: [Branch] { [] }
    package func resolvingPaths(_ absolute: (String) -> String) -> Self { self }
}

/// A layer that reads one value, as most do.
package protocol UnaryLayer: Layer {
    /// Records what the layer computes from x.
    func record(_ x: Value, in recorder: inout Recorder) throws(ShapeError) -> Value
}

extension UnaryLayer {
    package static var arity: ClosedRange<Int> { 1...1 }

    package func record(_ inputs: [Value], in recorder: inout Recorder) throws(ShapeError) -> Value {
        try record(inputs[0], in: &recorder)
    }
}

extension Format where Value == any Layer {
    /// Every layer there is; a new one is a file of its own and a word here.
    package static var layers: Family<any Layer> {
        Family(
            "layer",
            [
                Conv2D.self, DepthwiseConv2D.self, SeparableConv2D.self, Dense.self, MaxPooling2D.self,
                AveragePooling2D.self, GlobalMaxPooling2D.self, GlobalAveragePooling2D.self, Flatten.self,
                ReshapeLayer.self, Permute.self, ZeroPadding2D.self, Cropping2D.self, UpSampling2D.self, Resizing.self,
                Dropout.self, SpatialDropout2D.self, GaussianNoise.self, GaussianDropout.self, BatchNormalization.self,
                LayerNormalization.self, NormalizationLayer.self, ActivationLayer.self, ReLULayer.self, LeakyReLU.self,
                PReLU.self, SoftmaxLayer.self, Rescaling.self, Add.self, Subtract.self, Multiply.self, Average.self,
                Maximum.self, Concatenate.self, Residual.self,
                EfficientNetB0.self, EfficientNetLite0.self,
                RandomRotation.self, RandomZoom.self, RandomTranslation.self, RandomFlip.self, RandomCrop.self,
                RandomContrast.self, RandomBrightness.self, RandomErasing.self, RandomHeight.self, RandomWidth.self,
            ])
    }
}
