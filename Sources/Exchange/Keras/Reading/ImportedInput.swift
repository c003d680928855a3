import Autograd
import Layers
import Schema
import Tensors

/// What brings a data set's images into the shape that a model was made for.
struct ImportedInput {
    let layers: [JSON]
    /// What the model's first layers read.
    let name: String
    /// What its layers may be called, so that the model's own are called otherwise.
    static let names: Set = [images, colors]
    private static let (images, colors) = ("images", "colors")

    init(_ model: KerasFlattening, images: Shape, _ findings: inout KerasFindings) {
        // Open axes are the images' own.
        let stated = model.inputShape ?? images.dimensions
        let shape = stated.enumerated().map { axis, length in length ?? (axis < images.rank ? images[axis] : 1) }
        let readers = model.nodes.filter { $0.inputs.contains(FlatLayer.image) }
        let ignoresShape = readers.allSatisfy { ["Flatten", "Reshape"].contains($0.className) }
        if shape == images.dimensions || ignoresShape && Shape(shape).count == images.count {
            (layers, name) = ([], FlatLayer.image)
        } else if Shape(shape).count == images.count {
            name = Self.images
            layers = [["type": "Reshape", "name": JSON(name), "target_shape": JSON(shape)]]
            findings.remark(name, "makes \(images) of the data what the model reads, \(Shape(shape))")
        } else if shape.count == 3, [images.channels, 3].contains(shape[2]) {
            name = Self.images
            let resizing: JSON = [
                "type": "Resizing", "name": JSON(name), "height": JSON(shape[0]), "width": JSON(shape[1]),
            ]
            let colors: JSON = [
                "type": "Concatenate", "name": JSON(Self.colors),
                "inputs": [JSON(FlatLayer.image), JSON(FlatLayer.image), JSON(FlatLayer.image)],
            ]
            layers = (shape[2] == images.channels ? [] : [colors]) + [resizing]
            findings.remark(name, "brings images of \(images) to the size that the model reads, \(Shape(shape))")
        } else {
            (layers, name) = ([], FlatLayer.image)
            findings.refuse("model", "reads \(Shape(shape)), and images here are \(images)")
        }
    }
}
