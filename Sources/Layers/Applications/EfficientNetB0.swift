/// The smallest EfficientNet.
package struct EfficientNetB0: Application {
    package var includeTop = false
    package var weights: WeightSource? = .imagenet

    package init() {}

    package static let name = "EfficientNetB0"
    package static let defaultName = "efficientnetb0"
    package static let summary = "Tan and Le's EfficientNet B0 without its classifier, for pixels of 0 to 255."
    package static let weightsFile = "efficientnetb0_notop.safetensors"
    package static let weightsFolder = "efficientnetb0"
    package static let kerasFile: String? = "efficientnetb0_notop.h5"

    /// ImageNet's statistics. Keras stores the deviations where variances belong, and divides by their root once more.
    private static let mean = [0.485, 0.456, 0.406]
    private static let deviation = [0.229, 0.224, 0.225]

    package var network: EfficientNet {
        let correction = Numbers(Self.deviation.map { 1 / $0.squareRoot() })
        return EfficientNet(
            preprocessing: [
                PlacedLayer(Rescaling(Numbers(1 / 255.0)), name: "rescaling"),
                PlacedLayer(
                    AdaptedNormalization(mean: Self.mean, variance: Self.deviation), name: "normalization"),
                PlacedLayer(Rescaling(correction), name: "rescaling_1"),
            ],
            activation: .silu, squeezeRatio: 0.25)
    }
}
