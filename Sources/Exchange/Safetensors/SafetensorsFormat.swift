import Tensors

extension Safetensors: ModelFormat {
    package static let ending = ".safetensors"
    package static let summary = "weights by Keras's names, for Python's safetensors and for this tool"

    package static func encode(_ model: ExportedModel) -> [UInt8] {
        let parameters = model.network.parameters
        return Safetensors(weights: parameters.all, values: parameters.values(of:)).bytes
    }

    /// A model's parameters by Keras's names, in Keras's shapes.
    package init(weights parameters: [Parameter], values: (Parameter) -> [Float]) {
        self.init()
        metadata = [("format", "mnist-lab")]
        for parameter in parameters {
            add(parameter.name, shape: parameter.shape.dimensions, values(parameter))
        }
    }
}
