import Layers
import Tensors

extension KerasModel {
    /// What `model.weights.h5` holds.
    func weights(_ parameters: Parameters) -> HDF5Group {
        let paths = Self.paths(of: nodes)
        var layers = HDF5Group()
        for node in nodes {
            var variables = Self.named(node.name)
            for (number, parameter) in node.layer.parameters.enumerated() {
                let values = HDF5Dataset(shape: parameter.shape.dimensions, values: parameters.values(of: parameter))
                variables.datasets.append(("\(number)", values))
            }
            var layer = HDF5Group()
            layer.groups = [("vars", variables)]
            let folder = paths[node.name]?.split(separator: "/")[1] ?? ""
            layers.groups.append((String(folder), layer))
        }
        var root = HDF5Group()
        root.groups = [("layers", layers), ("vars", Self.named(name))]
        return root
    }

    /// Variables' groups say whose they are, for people.
    private static func named(_ name: String) -> HDF5Group {
        var group = HDF5Group()
        group.attributes = [("name", .text(name))]
        return group
    }
}
