import Layers

extension ONNXCase {
    /// Every layer, in the ways in which it may be translated differently.
    static let all =
        windows + pools + shapes + sizes + normalizations + activations + elementwise + merging + inputs + trainingOnly

    private static let conv = #"{ "type": "Conv2D", "filters": 3, "kernel_size": 2 }"#

    private static let windows = [
        ONNXCase("conv2d", #"{ "type": "Conv2D", "filters": 3, "kernel_size": 3, "activation": "relu" }"#),
        ONNXCase("conv2d-same", #"{ "type": "Conv2D", "filters": 3, "kernel_size": [2, 4], "padding": "same" }"#),
        ONNXCase(
            "conv2d-strides",
            #"{ "type": "Conv2D", "filters": 3, "kernel_size": 5, "strides": [3, 2], "padding": "same" }"#),
        ONNXCase(
            "conv2d-even", on: [8, 6, 1],
            #"{ "type": "Conv2D", "filters": 3, "kernel_size": 3, "strides": 2, "padding": "same", "use_bias": false }"#
        ),
        ONNXCase(
            "conv2d-valid-strides", #"{ "type": "Conv2D", "filters": 3, "kernel_size": [3, 2], "strides": [2, 3] }"#),
        ONNXCase(
            "conv2d-large", on: [3, 2, 2],
            #"{ "type": "Conv2D", "filters": 3, "kernel_size": 7, "strides": 9, "padding": "same" }"#),
        ONNXCase(
            "conv2d-twice",
            #"{ "type": "Conv2D", "filters": 3, "kernel_size": 3 }, { "type": "Conv2D", "filters": 5, "kernel_size": 1 }"#
        ),
        ONNXCase("depthwise", #"{ "type": "DepthwiseConv2D", "kernel_size": 3, "depth_multiplier": 3 }"#),
        ONNXCase(
            "depthwise-same",
            #"{ "type": "DepthwiseConv2D", "kernel_size": [2, 3], "strides": [2, 3], "padding": "same", "use_bias": false, "activation": "relu6" }"#
        ),
        ONNXCase(
            "separable",
            #"{ "type": "SeparableConv2D", "filters": 5, "kernel_size": 3, "depth_multiplier": 2, "strides": 2, "padding": "same" }"#
        ),
        ONNXCase(
            "separable-plain", #"{ "type": "SeparableConv2D", "filters": 3, "kernel_size": [3, 2], "use_bias": false }"#
        ),
    ]

    private static let pools =
        ["MaxPooling2D", "AveragePooling2D"].flatMap { pool in
            [
                ("plain", #""pool_size": 2"#), ("same", #""pool_size": 3, "strides": 2, "padding": "same""#),
                ("slow", #""pool_size": [3, 2], "strides": 1, "padding": "same""#),
                ("large", #""pool_size": [20, 11], "padding": "same""#), ("whole", #""pool_size": [9, 7]"#),
            ].map { name, settings in ONNXCase("\(pool)-\(name)", #"{ "type": "\#(pool)", \#(settings) }"#) }
        }
        + ["GlobalMaxPooling2D", "GlobalAveragePooling2D"].map { pool in
            ONNXCase(pool, #"\#(conv), { "type": "\#(pool)" }, { "type": "Dense", "units": 5 }"#)
        }

    private static let shapes = [
        ONNXCase(
            "dense", on: [4, 3, 2],
            "{ \"type\": \"Flatten\" }, { \"type\": \"Dense\", \"units\": 3, \"use_bias\": false }"),
        ONNXCase("grey", on: [4, 5, 1], ""),
        ONNXCase("flatten-conv", conv),
        ONNXCase("flatten-relu", #"\#(conv), { "type": "Flatten" }, { "type": "ReLU" }"#),
        ONNXCase("flatten-prelu", #"\#(conv), { "type": "Flatten" }, { "type": "PReLU" }"#),
        ONNXCase("flatten-normalized", #"\#(conv), { "type": "Flatten" }, { "type": "BatchNormalization" }"#),
        ONNXCase(
            "flatten-two-readers",
            #"\#(conv), { "type": "Flatten", "name": "row" }, { "type": "Dense", "units": 2, "name": "a" }, "#
                + #"{ "type": "Dense", "units": 3, "name": "b", "inputs": ["row"] }, "#
                + #"{ "type": "Concatenate", "inputs": ["a", "b", "row"] }"#),
        ONNXCase(
            "flatten-softmax", on: [2, 3, 2],
            #"{ "type": "Conv2D", "filters": 2, "kernel_size": 1 }, { "type": "Flatten" }"#, isComplete: true),
        ONNXCase("reshape-rows", #"\#(conv), { "type": "Reshape", "target_shape": [-1, 3] }, { "type": "Softmax" }"#),
        ONNXCase("reshape-turned", #"\#(conv), { "type": "Reshape", "target_shape": [6, 8, 3] }, \#(conv)"#),
        ONNXCase(
            "reshape-normalized",
            #"\#(conv), { "type": "Reshape", "target_shape": [-1, 3] }, { "type": "BatchNormalization" }, { "type": "PReLU" }"#
        ),
        ONNXCase("reshape-images", on: [24, 1, 1], #"{ "type": "Reshape", "target_shape": [4, 3, 2] }, \#(conv)"#),
        ONNXCase("reshape-to-channels", #"{ "type": "Reshape", "target_shape": [3, 7, 6] }, \#(conv)"#),
        ONNXCase("permute", #"{ "type": "Permute", "dims": [2, 1, 3] }, \#(conv)"#),
        ONNXCase("permute-conv", #"\#(conv), { "type": "Permute", "dims": [3, 1, 2] }"#),
        ONNXCase("permute-between", #"\#(conv), { "type": "Permute", "dims": [2, 3, 1] }, \#(conv)"#),
        ONNXCase("permute-channels", #"\#(conv), { "type": "Permute", "dims": [1, 3, 2] }, { "type": "PReLU" }"#),
        ONNXCase(
            "permute-rows",
            #"\#(conv), { "type": "Reshape", "target_shape": [-1, 3] }, { "type": "Permute", "dims": [2, 1] }, { "type": "LayerNormalization" }"#
        ),
        ONNXCase("padding", #"{ "type": "ZeroPadding2D", "padding": [[1, 2], [0, 3]] }, \#(conv)"#),
        ONNXCase("padding-conv", #"\#(conv), { "type": "ZeroPadding2D", "padding": [2, 1] }"#),
        ONNXCase("cropping", #"{ "type": "Cropping2D", "cropping": [[1, 2], [0, 3]] }, \#(conv)"#),
        ONNXCase("cropping-conv", #"\#(conv), { "type": "Cropping2D", "cropping": [[0, 1], [2, 0]] }"#),
    ]

    private static let sizes =
        ["nearest", "bilinear"].flatMap { kind in
            [
                ONNXCase(
                    "upsampling-\(kind)", #"{ "type": "UpSampling2D", "size": [2, 3], "interpolation": "\#(kind)" }"#),
                ONNXCase(
                    "upsampling-conv-\(kind)", #"\#(conv), { "type": "UpSampling2D", "interpolation": "\#(kind)" }"#),
            ]
                + [(5, 11), (9, 3), (32, 30), (1, 2), (6, 7)].map { height, width in
                    ONNXCase(
                        "resizing-\(height)x\(width)-\(kind)",
                        #"{ "type": "Resizing", "height": \#(height), "width": \#(width), "interpolation": "\#(kind)" }"#
                    )
                }
        }
        + [
            ONNXCase("crop-middle", #"{ "type": "RandomCrop", "height": 4, "width": 3 }"#),
            ONNXCase("crop-whole", #"{ "type": "RandomCrop", "height": 9, "width": 12, "always": true }"#),
        ]

    private static let normalizations = [
        ONNXCase(
            "batch-normalization", #"\#(conv), { "type": "BatchNormalization", "epsilon": 0.1 }, { "type": "ReLU" }"#),
        ONNXCase(
            "batch-normalization-plain", #"{ "type": "BatchNormalization", "scale": false, "center": false }, \#(conv)"#
        ),
        ONNXCase(
            "batch-normalization-row",
            #"{ "type": "Flatten" }, { "type": "Dense", "units": 5 }, { "type": "BatchNormalization", "scale": false }"#
        ),
        ONNXCase("layer-normalization", #"\#(conv), { "type": "LayerNormalization" }, \#(conv)"#),
        ONNXCase("layer-normalization-plain", #"{ "type": "LayerNormalization", "scale": false, "center": false }"#),
        ONNXCase(
            "layer-normalization-row",
            #"{ "type": "Flatten" }, { "type": "LayerNormalization", "center": false, "epsilon": 0.01 }"#),
        ONNXCase("normalization", #"{ "type": "Normalization", "mean": [0.1, 0.3], "variance": [0.2, 2] }, \#(conv)"#),
        ONNXCase("normalization-conv", #"\#(conv), { "type": "Normalization", "mean": 0.1, "variance": 4 }"#),
        ONNXCase("normalization-back", #"{ "type": "Normalization", "mean": 0.1, "variance": 4, "invert": true }"#),
    ]

    private static let activations =
        ActivationName.allCases.flatMap { activation in
            [
                ONNXCase(
                    "activation-\(activation.rawValue)",
                    #"{ "type": "Rescaling", "scale": 4, "offset": -2 }, { "type": "Activation", "activation": "\#(activation.rawValue)" }"#
                ),
                ONNXCase(
                    "conv2d-\(activation.rawValue)",
                    #"{ "type": "Conv2D", "filters": 3, "kernel_size": 2, "activation": "\#(activation.rawValue)" }"#),
            ]
        }
        + [
            (1, #""max_value": 0.5"#), (2, #""negative_slope": 0.1"#), (3, #""threshold": 0.3"#),
            (4, #""max_value": 0.5, "negative_slope": 0.1"#), (5, #""max_value": 0.5, "threshold": 0.3"#),
            (6, #""threshold": 0.3, "negative_slope": 0.1"#),
            (7, #""max_value": 0.2, "threshold": 0.3, "negative_slope": 0.1"#),
        ].map { number, settings in ONNXCase("relu-\(number)", #"\#(conv), { "type": "ReLU", \#(settings) }"#) }
        + [
            ONNXCase("leaky-relu", #"\#(conv), { "type": "LeakyReLU" }"#),
            ONNXCase("softmax-images", #"\#(conv), { "type": "Softmax" }"#),
        ]
        + ["null", "[1, 2]", "[2]", "[1, 3]", "[3]"].enumerated().map { number, axes in
            ONNXCase("prelu-\(number)", #"\#(conv), { "type": "PReLU", "shared_axes": \#(axes) }"#)
        }

    private static let elementwise = [
        ONNXCase("rescaling", #"{ "type": "Rescaling", "scale": 2, "offset": -1 }, \#(conv)"#),
        ONNXCase(
            "rescaling-conv", #"\#(conv), { "type": "Rescaling", "scale": [2, 1, 0.5], "offset": [0.1, 0, 0.3] }"#),
        ONNXCase("rescaling-neutral", #"{ "type": "Rescaling", "scale": 1 }"#),
    ]

    private static let merging =
        ["Add", "Subtract", "Multiply", "Average", "Maximum"].flatMap { type in
            [
                ONNXCase(
                    "\(type)-convs",
                    #"{ "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "a" }, "#
                        + #"{ "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "b", "inputs": ["input"] }, "#
                        + #"{ "type": "\#(type)", "inputs": ["a", "b"] }"#),
                ONNXCase(
                    "\(type)-broadcast",
                    #"{ "type": "Conv2D", "filters": 2, "kernel_size": [1, 7], "name": "a" }, "#
                        + #"{ "type": "GlobalAveragePooling2D", "inputs": ["input"], "name": "b" }, "#
                        + #"{ "type": "\#(type)", "inputs": ["b", "a"], "name": "c" }, "#
                        + #"{ "type": "\#(type)", "inputs": ["input", "c"] }"#),
            ]
        }
        + [
            ONNXCase(
                "add-three",
                #"{ "type": "Conv2D", "filters": 2, "kernel_size": 1, "name": "a" }, { "type": "Reshape", "target_shape": [7, 9, 2], "name": "r", "inputs": ["input"] }, "#
                    + #"{ "type": "Permute", "dims": [2, 1, 3], "name": "b", "inputs": ["r"] }, { "type": "Add", "inputs": ["a", "b", "input"] }"#
            ),
            ONNXCase(
                "add-rows",
                #"{ "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "a" }, { "type": "Flatten", "name": "c" }, "#
                    + #"{ "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "b", "inputs": ["input"] }, { "type": "Flatten", "name": "d" }, "#
                    + #"{ "type": "Add", "inputs": ["c", "d"] }"#),
            ONNXCase(
                "squeeze-and-excite",
                #"{ "type": "Conv2D", "filters": 4, "kernel_size": 3, "name": "a" }, { "type": "GlobalAveragePooling2D" }, "#
                    + #"{ "type": "Reshape", "target_shape": [1, 1, 4] }, { "type": "Conv2D", "filters": 2, "kernel_size": 1, "activation": "silu" }, "#
                    + #"{ "type": "Conv2D", "filters": 4, "kernel_size": 1, "activation": "sigmoid", "name": "b" }, "#
                    + #"{ "type": "Multiply", "inputs": ["a", "b"] }"#),
            ONNXCase(
                "vote",
                #"{ "type": "Flatten", "name": "f" }, { "type": "Dense", "units": 4, "activation": "softmax", "name": "a" }, "#
                    + #"{ "type": "Dense", "units": 4, "activation": "softmax", "name": "b", "inputs": ["f"] }, "#
                    + #"{ "type": "Average", "inputs": ["a", "b"] }"#, isComplete: true),
            ONNXCase(
                "residual",
                #"{ "type": "Residual", "layers": [{ "type": "Conv2D", "filters": 3, "kernel_size": 3, "padding": "same" }, "#
                    + #"{ "type": "BatchNormalization" }], "shortcut": [{ "type": "Conv2D", "filters": 3, "kernel_size": 1 }] }, "#
                    + #"{ "type": "Residual", "layers": [{ "type": "Conv2D", "filters": 3, "kernel_size": 3, "padding": "same" }] }, { "type": "ReLU" }"#
            ),
            ONNXCase(
                "residual-image",
                #"{ "type": "Residual", "layers": [{ "type": "Conv2D", "filters": 2, "kernel_size": 3, "padding": "same" }] }"#
            ),
            ONNXCase(
                "concatenate-shared",
                #"{ "type": "Conv2D", "filters": 3, "kernel_size": 1, "name": "a" }, { "type": "Concatenate", "inputs": ["a", "input", "a"], "name": "c" }, "#
                    + #"{ "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "d" }, { "type": "Conv2D", "filters": 2, "kernel_size": 2, "name": "e", "inputs": ["c"] }, "#
                    + #"{ "type": "Concatenate", "inputs": ["d", "e"], "axis": 1 }"#),
            ONNXCase(
                "concatenate-width",
                #"\#(conv), { "type": "Permute", "dims": [1, 3, 2], "name": "a" }, { "type": "Concatenate", "inputs": ["a", "a"], "axis": 2 }"#
            ),
        ]

    private static let inputs = [
        ONNXCase(
            "softmax-inside",
            #"{ "type": "Flatten" }, { "type": "Dense", "units": 4, "activation": "softmax" }, { "type": "Dropout", "rate": 0.5 }"#,
            isComplete: true),
        ONNXCase(
            "softmax-read-twice",
            #"{ "type": "Flatten" }, { "type": "Dense", "units": 4, "activation": "softmax", "name": "a" }, { "type": "Dense", "units": 4, "name": "b" }, "#
                + #"{ "type": "Multiply", "inputs": ["a", "b"], "name": "c" }, { "type": "Softmax" }"#, isComplete: true
        ),
        ONNXCase(
            "sigmoid-scores", #"{ "type": "Flatten" }, { "type": "Dense", "units": 4, "activation": "sigmoid" }"#,
            isComplete: true),
        ONNXCase("channels", on: [5, 6, 3], conv),
    ]

    private static let trainingOnly = [
        ONNXCase(
            "training-only",
            [
                #""RandomRotation", "factor": 0.2"#, #""RandomZoom", "height_factor": 0.2"#,
                #""RandomTranslation", "height_factor": 0.3, "width_factor": 0.2"#, #""RandomFlip""#,
                #""RandomContrast", "factor": 0.4"#, #""RandomBrightness", "factor": 0.2"#, #""RandomErasing""#,
                #""RandomHeight", "factor": 0.4"#, #""RandomWidth", "factor": 0.4"#,
                #""SpatialDropout2D", "rate": 0.3"#,
                #""GaussianNoise", "stddev": 0.3"#, #""GaussianDropout", "rate": 0.3"#, #""Dropout", "rate": 0.3"#,
            ].map { "{ \"type\": \($0) }" }.joined(separator: ", "))
    ]

    /// Published networks, which are large, on grey images.
    static let applications = ["EfficientNetB0", "EfficientNetLite0"].map { type in
        ONNXCase(
            type, on: [28, 28, 1],
            #"{ "type": "Concatenate", "inputs": ["input", "input", "input"] }, { "type": "Resizing", "height": 36, "width": 36 }, "#
                + #"{ "type": "Rescaling", "scale": 255 }, { "type": "\#(type)", "weights": null }, { "type": "GlobalAveragePooling2D" }"#
        )
    }
}
