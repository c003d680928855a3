import Layers
import Schema

/// A layer of Keras's as configs say it: `{ "type": "Conv2D", … }` with the arguments that are not defaults.
struct KerasTranslation {
    private(set) var layer: JSON?
    private let node: KerasNode
    private let variables: [HDF5Dataset]

    /// - Parameter version: of the Keras that wrote the file; empty where it does not say.
    init(_ node: KerasNode, version: String = "", variables: [HDF5Dataset], _ findings: inout KerasFindings) {
        self.node = node
        self.variables = variables
        layer = translated(&findings)
        if version.hasPrefix("2."), layer?["activation"] == "hard_sigmoid" {
            findings.remark(
                node.place,
                "hard_sigmoid is max(0, min(1, x/6 + 1/2)), as in Keras 3; in Keras \(version) it was x/5 + 1/2")
        }
    }

    private func translated(_ findings: inout KerasFindings) -> JSON? {
        if let simple = replacement(&findings) { return simple }
        let family = Format<any Layer>.layers
        guard let type = family.types.first(where: { $0.name == node.className }), !Self.isOwn(type) else {
            findings.refuse(node.place, "\(quoted(node.className)) is no layer here")
            return nil
        }
        let (written, required) = defaults(of: type)
        var setting: JSON = ["type": JSON(type.name)]
        for argument in arguments {
            guard written[argument.key] != nil else {
                tell(argument, &findings)
                continue
            }
            setting[argument.key] = known(valueHere(argument.value, of: argument.key), argument.key, &findings)
        }
        var problems = Problems()
        guard let layer = family.format.read(Place(setting), &problems) else {
            for problem in problems.list { findings.refuse(node.place, problem.rendered()) }
            return nil
        }
        let told = (layer.json.members ?? []).filter { member in
            // A pool's strides are its size unless it says otherwise.
            if member.key == "strides", member.value == layer.json["pool_size"] { return false }
            return required.contains(member.key) || written[member.key] != member.value
        }
        return JSON(.object([.init("type", JSON(type.name))] + told))
    }

    /// Whether Keras has no layer of that name, so that one in a file is somebody's own.
    private static func isOwn(_ type: any Described.Type) -> Bool {
        type is Residual.Type || type is any Application.Type
    }

    /// Keras's arguments by the names that they have here.
    private var arguments: [JSON.Member] {
        var members = node.arguments.members ?? []
        // LeakyReLU called its slope alpha in Keras 2.
        if node.className == "LeakyReLU" {
            for index in members.indices where members[index].key == "alpha" { members[index].key = "negative_slope" }
        }
        if node.className == "Normalization" { members += statistics }
        return members.filter { $0.value != nil || $0.key != "mean" && $0.key != "variance" }
    }

    /// Mean and variance of a Normalization that was adapted to data are among its weights.
    private var statistics: [JSON.Member] {
        guard variables.count >= 2, node.arguments["mean"].map({ $0.content == .null }) ?? true else { return [] }
        return zip(["mean", "variance"], variables).map { name, variable in
            .init(name, JSON(.array(variable.values.map { JSON(Double($0)) })))
        }
    }

    /// Layers of which another one here does the same.
    private func replacement(_ findings: inout KerasFindings) -> JSON? {
        let nothing: JSON = ["type": "Activation", "activation": "linear"]
        switch node.className {
        case "ELU" where node.arguments["alpha"].map({ $0 == 1 || $0 == 1.0 }) ?? true:
            return ["type": "Activation", "activation": "elu"]
        case "Identity": return nothing
        case "ActivityRegularization":
            findings.remark(node.place, "is left out, as its penalty matters in training only")
            return nothing
        case "Dropout":
            // One draw for several numbers: for a channel of an image, or for the whole of it.
            guard let rate = node.arguments["rate"], let lengths = node.arguments["noise_shape"]?.elements,
                lengths.count == 4, lengths[1] == 1, lengths[2] == 1
            else { return nil }
            if lengths[3] != 1 { return ["type": "SpatialDropout2D", "rate": shortened(rate)] }
            findings.remark(node.place, "drops whole images in training, which is left out")
            return nothing
        default: return nil
        }
    }

    private func tell(_ argument: JSON.Member, _ findings: inout KerasFindings) {
        let (key, value) = (argument.key, argument.value)
        if node.className == "BatchNormalization", key == "axis" { return }
        switch KerasTolerance.of(key, value) {
        case .harmless: return
        case .leftOut: findings.remark(node.place, "\(key) is left out, which matters in training only")
        case .impossible: findings.refuse(node.place, "\(key) is \(brief(value)), which cannot be done here")
        }
    }

    /// Initializers and regularizers that there are not here are left out: weights come from the file.
    private func known(_ value: JSON, _ key: String, _ findings: inout KerasFindings) -> JSON? {
        var problems = Problems()
        if key.hasSuffix("_initializer") {
            guard Format<any InitializerSetting>.initializer.read(Place(value), &problems) != nil else { return nil }
            return value
        }
        guard key.hasSuffix("_regularizer"), value != nil,
            Format<any Regularizer>.regularizer.read(Place(value), &problems) == nil
        else { return value }
        findings.remark(node.place, "\(key) is left out, which matters in training only")
        return nil
    }
}

/// What a type writes without being told anything, and the keys that must be told.
func defaults(of type: any Described.Type) -> (written: JSON, required: Set<String>) {
    func keys<T: Described>(_ type: T.Type) -> Set<String> {
        Set(type.fields.filter(\.isRequired).map(\.name))
    }
    return (type.init().json, keys(type))
}

/// A value as messages show it.
func brief(_ value: JSON) -> String {
    let text = value["class_name"]?.text ?? value.compact
    return text.count > 40 ? "\(text.prefix(40))…" : text
}
