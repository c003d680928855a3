/// The smallest EfficientNet for simple processors: ReLU6, and no squeeze-and-excitation.
package struct EfficientNetLite0: Application {
    package var includeTop = false
    package var weights: WeightSource? = .imagenet

    package init() {}

    package static let name = "EfficientNetLite0"
    package static let defaultName = "efficientnetlite0"
    package static let summary =
        "EfficientNet Lite0 without its classifier, for pixels of 0 to 255: B0 with ReLU6 and no squeeze-and-excitation."
    package static let weightsFile = "efficientnet-lite0-notop.safetensors"
    package static let weightsFolder = "efficientnet-lite0"
    package static let kerasFile: String? = nil

    package var network: EfficientNet {
        EfficientNet(
            preprocessing: [PlacedLayer(Rescaling(Numbers(1 / 128.0), offset: -127 / 128.0), name: "rescaling")],
            activation: .relu6, squeezeRatio: nil)
    }
}
