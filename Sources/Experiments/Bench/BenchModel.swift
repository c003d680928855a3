import Schema

/// A model whose speed is measured: one of this project's configs, built in, so that the tool works without any files.
package struct BenchModel: Sendable {
    /// Layers, batch size and optimizer are the config's; the data are drawn.
    package let config: ExperimentConfig

    package var name: String { config.name }

    /// A model with a batch size, trained by Adam.
    package init(_ name: String, batch: Int, _ layers: JSON...) throws(Problems) {
        config = try ExperimentConfig(from: [
            "name": JSON(name),
            "dataset": ["name": "synthetic-digits"],
            "model": ["layers": JSON(.array(layers))],
            "training": ["batch_size": JSON(batch), "optimizer": "Adam"],
        ])
    }

    /// From small to large within each family.
    package static func all() throws(Problems) -> [BenchModel] {
        [
            try BenchModel(
                "warmup", batch: 128, convolution(32), pooling, convolution(64), pooling, flatten, dropout(0.5),
                classes),
            try BenchModel("smaller", batch: 128, convolution(8), pooling, flatten, dropout(0.5), classes),
            try BenchModel(
                "bigger", batch: 128, convolution(32), convolution(64), convolution(64), pooling, convolution(64),
                pooling, convolution(64), pooling, flatten, dropout(0.5), classes),
            try BenchModel("mlp", batch: 32, flatten, dense(128), dense(64), dense(32), classes),
            try BenchModel(
                "bigger-batchnorm", batch: 32,
                convolution(32), normalization, convolution(32), normalization, pooling, dropout(0.25),
                convolution(64), normalization, convolution(64), normalization, pooling, dropout(0.25),
                flatten, dense(256), normalization, dropout(0.5), classes),
            try BenchModel("mlp-final", batch: 128, flatten, dense(768), dropout(0.3), classes),
            try BenchModel(
                "cnn-final", batch: 256,
                convolution(128, "same"), normalization, pooling("same"), dropout(0.25),
                convolution(256, "same"), normalization, pooling("same"), dropout(0.25),
                convolution(512, "same"), normalization, pooling("same"), dropout(0.25), flatten, classes),
        ]
    }

    private static func convolution(_ filters: Int, _ padding: String = "valid") -> JSON {
        [
            "type": "Conv2D", "filters": JSON(filters), "kernel_size": 3, "padding": JSON(padding),
            "activation": "relu",
        ]
    }

    private static func pooling(_ padding: String) -> JSON {
        ["type": "MaxPooling2D", "pool_size": 2, "padding": JSON(padding)]
    }

    private static func dropout(_ rate: Double) -> JSON { ["type": "Dropout", "rate": JSON(rate)] }

    private static func dense(_ units: Int) -> JSON { ["type": "Dense", "units": JSON(units), "activation": "relu"] }

    private static let pooling: JSON = pooling("valid")
    private static let flatten: JSON = ["type": "Flatten"]
    private static let normalization: JSON = ["type": "BatchNormalization"]
    private static let classes: JSON = ["type": "Dense", "units": 10, "activation": "softmax"]
}
