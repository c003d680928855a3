import Schema

/// Tan and Le's EfficientNet without its classifier: a stem, stages of blocks, and a top. Its layers have Keras's names.
package struct EfficientNet {
    /// Blocks of the same kind, one after the other; only the first of them changes the number of filters and has the stride.
    struct Stage {
        let kernel, repeats, filtersIn, filtersOut, expansion, stride: Int
    }

    static let stages = [
        Stage(kernel: 3, repeats: 1, filtersIn: 32, filtersOut: 16, expansion: 1, stride: 1),
        Stage(kernel: 3, repeats: 2, filtersIn: 16, filtersOut: 24, expansion: 6, stride: 2),
        Stage(kernel: 5, repeats: 2, filtersIn: 24, filtersOut: 40, expansion: 6, stride: 2),
        Stage(kernel: 3, repeats: 3, filtersIn: 40, filtersOut: 80, expansion: 6, stride: 2),
        Stage(kernel: 5, repeats: 3, filtersIn: 80, filtersOut: 112, expansion: 6, stride: 1),
        Stage(kernel: 5, repeats: 4, filtersIn: 112, filtersOut: 192, expansion: 6, stride: 2),
        Stage(kernel: 3, repeats: 1, filtersIn: 192, filtersOut: 320, expansion: 6, stride: 1),
    ]
    static let stemFilters = 32, topFilters = 1280
    /// How often the result of a block behind the last would be left out in training; towards the first it falls to zero.
    static let dropRate = 0.2

    /// What brings pixels of 0 to 255 to the range in which the published weights were learned.
    let preprocessing: [PlacedLayer]
    let activation: ActivationName
    /// The width of squeeze-and-excitation as a part of a block's input; nil for none.
    let squeezeRatio: Double?
}

extension EfficientNet {
    var layers: [PlacedLayer] {
        var layers = preprocessing
        layers += activated("stem_", "conv", Conv2D(Self.stemFilters, kernel: 3, stride: 2))
        let blocks = Self.stages.reduce(0) { $0 + $1.repeats }
        var block = 0
        for (number, stage) in Self.stages.enumerated() {
            for (repeated, letter) in "abcd".prefix(stage.repeats).enumerated() {
                let filtersIn = repeated == 0 ? stage.filtersIn : stage.filtersOut
                let one = Block(
                    name: "block\(number + 1)\(letter)_", input: layers.last?.name ?? PlacedLayer.image,
                    kernel: stage.kernel, stride: repeated == 0 ? stage.stride : 1, filtersIn: filtersIn,
                    filters: filtersIn * stage.expansion, filtersOut: stage.filtersOut,
                    dropRate: Self.dropRate * Double(block) / Double(blocks))
                layers += self.layers(of: one)
                block += 1
            }
        }
        return layers + activated("top_", "conv", Conv2D(Self.topFilters))
    }

    /// An inverted residual block: more filters, a window over each by itself, fewer filters again.
    private struct Block {
        let name, input: String
        let kernel, stride, filtersIn, filters, filtersOut: Int
        let dropRate: Double
    }

    private func layers(of block: Block) -> [PlacedLayer] {
        let name = block.name
        var layers: [PlacedLayer] = []
        if block.filters > block.filtersIn { layers += activated("\(name)expand_", "conv", Conv2D(block.filters)) }
        layers += activated(name, "dwconv", DepthwiseConv2D(kernel: block.kernel, stride: block.stride))
        if let squeezeRatio { layers += excitation(of: block, width: Int(Double(block.filtersIn) * squeezeRatio)) }
        layers.append(PlacedLayer(Conv2D(block.filtersOut), name: "\(name)project_conv"))
        layers.append(PlacedLayer(BatchNormalization(), name: "\(name)project_bn"))
        guard block.stride == 1, block.filtersIn == block.filtersOut else { return layers }
        layers.append(PlacedLayer(BranchDropout(rate: block.dropRate), name: "\(name)drop"))
        layers.append(PlacedLayer(Add(), name: "\(name)add", inputs: ["\(name)drop", block.input]))
        return layers
    }

    /// Weighs a block's channels by what their means say of the image: squeeze-and-excitation.
    private func excitation(of block: Block, width: Int) -> [PlacedLayer] {
        let name = "\(block.name)se_"
        return [
            PlacedLayer(GlobalAveragePooling2D(), name: "\(name)squeeze"),
            PlacedLayer(ReshapeLayer(to: [1, 1, block.filters]), name: "\(name)reshape"),
            PlacedLayer(Conv2D(width, activation: activation), name: "\(name)reduce"),
            PlacedLayer(Conv2D(block.filters, activation: .sigmoid), name: "\(name)expand"),
            PlacedLayer(Multiply(), name: "\(name)excite", inputs: ["\(block.name)activation", "\(name)expand"]),
        ]
    }

    /// A layer, its normalization and its activation.
    private func activated(_ prefix: String, _ name: String, _ layer: any Layer) -> [PlacedLayer] {
        [
            PlacedLayer(layer, name: prefix + name),
            PlacedLayer(BatchNormalization(), name: "\(prefix)bn"),
            PlacedLayer(ActivationLayer(activation), name: "\(prefix)activation"),
        ]
    }
}
