import Tensors

// The names and shapes under which files have the weights of an EfficientNet: a run's own, Keras's, timm's.

/// Tensors by Keras's names and in Keras's shapes, without those of a classifier; nil where no scheme of names is known.
func namedAsKeras(_ tensors: [NamedTensor]) -> [NamedTensor]? {
    if tensors.contains(where: { $0.name == "conv_stem.weight" }) { return tensors.compactMap(TimmName.named) }
    let stem = "stem_conv/kernel"
    guard let first = tensors.map({ withoutNumber($0.name) }).first(where: { $0 == stem || $0.hasSuffix("/\(stem)") })
    else { return nil }
    // In a whole model's file the network's layers stand behind its name; others are not asked for.
    let prefix = first.dropLast(stem.count)
    return tensors.compactMap { tensor in
        var name = withoutNumber(tensor.name)
        guard name.hasPrefix(prefix) else { return nil }
        name.removeFirst(prefix.count)
        if name.hasPrefix("predictions/") { return nil }
        let role = "depthwise_kernel"
        if name.hasSuffix(role) { name = name.dropLast(role.count) + "kernel" }
        // The count of images says nothing, and has a type of its own.
        let values = name == "normalization/count" ? [0] : tensor.values
        return NamedTensor(name: name, shape: tensor.shape, values: values, original: tensor.original)
    }
}

/// `stem_conv/kernel` of `stem_conv/kernel:0`.
private func withoutNumber(_ name: String) -> String { name.hasSuffix(":0") ? String(name.dropLast(2)) : name }

/// timm's names, as in `blocks.1.0.conv_pw.weight` for `block2a_expand_conv/kernel`, and PyTorch's order of axes.
private enum TimmName {
    private static let roles = [
        "weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance",
    ]
    private static let ends = ["conv_stem": "stem_conv", "bn1": "stem_bn", "conv_head": "top_conv", "bn2": "top_bn"]
    /// In a block that begins with the depthwise convolution.
    private static let plainBlock = [
        "conv_dw": "dwconv", "bn1": "bn", "conv_pw": "project_conv", "bn2": "project_bn",
        "se.conv_reduce": "se_reduce", "se.conv_expand": "se_expand",
    ]
    /// In one that makes more filters first.
    private static let expandingBlock = [
        "conv_pw": "expand_conv", "bn1": "expand_bn", "conv_dw": "dwconv", "bn2": "bn",
        "se.conv_reduce": "se_reduce", "se.conv_expand": "se_expand", "conv_pwl": "project_conv", "bn3": "project_bn",
    ]

    /// Nil for what is no weight of the network; a name that is not known stays as it is.
    static func named(_ tensor: NamedTensor) -> NamedTensor? {
        guard !tensor.name.hasPrefix("classifier."), !tensor.name.hasSuffix(".num_batches_tracked") else { return nil }
        guard let (layer, role) = layerAndRole(tensor.name) else { return tensor }
        guard role == "weight", !layer.hasSuffix("bn") else {
            let own = layer.hasSuffix("bn") ? roles[role] : role
            return NamedTensor(
                name: "\(layer)/\(own ?? role)", shape: tensor.shape, values: tensor.values, original: tensor.original)
        }
        return kernel("\(layer)/kernel", isDepthwise: layer.hasSuffix("dwconv"), tensor)
    }

    private static func layerAndRole(_ name: String) -> (layer: String, role: String)? {
        let parts = name.split(separator: ".").map(String.init)
        guard parts.count >= 2, let role = parts.last else { return nil }
        guard parts[0] == "blocks" else { return ends[parts.dropLast().joined(separator: ".")].map { ($0, role) } }
        guard parts.count >= 5, let stage = Int(parts[1]), let repeated = Int(parts[2]), (0..<26).contains(repeated),
            (0..<26).contains(stage)
        else { return nil }
        let names = stage == 0 ? plainBlock : expandingBlock
        guard let part = names[parts[3...].dropLast().joined(separator: ".")] else { return nil }
        return ("block\(stage + 1)\(Array("abcdefghijklmnopqrstuvwxyz")[repeated])_\(part)", role)
    }

    /// A kernel with the outputs first as one with the outputs last; a depthwise one has no outputs but multiples of a channel.
    private static func kernel(_ name: String, isDepthwise: Bool, _ tensor: NamedTensor) -> NamedTensor {
        guard let values = tensor.values, tensor.shape.count == 4 else {
            return NamedTensor(name: name, shape: tensor.shape, values: tensor.values, original: tensor.original)
        }
        let (outputs, inputs, area) = (tensor.shape[0], tensor.shape[1], tensor.shape[2] * tensor.shape[3])
        var moved = [Float](repeating: 0, count: values.count)
        for output in 0..<outputs {
            for input in 0..<inputs {
                for pixel in 0..<area {
                    moved[(pixel * inputs + input) * outputs + output] =
                        values[(output * inputs + input) * area + pixel]
                }
            }
        }
        let depth = isDepthwise ? [outputs, inputs] : [inputs, outputs]
        return NamedTensor(name: name, shape: tensor.shape[2...] + depth, values: moved, original: tensor.original)
    }
}
