"""Small models of every layer and option, exported."""

import json

from .exporting import compare_export

HEAD = [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}]
CONV = {"type": "Conv2D", "filters": 4, "kernel_size": 5, "strides": 2}
ACTIVATIONS = (
    "linear relu sigmoid tanh gelu elu leaky_relu selu silu softplus softmax relu6 hard_sigmoid hard_swish hard_silu mish "
    "softsign exponential"
).split()
INITIALIZERS = (
    "glorot_uniform glorot_normal he_uniform he_normal lecun_uniform lecun_normal random_uniform random_normal "
    "truncated_normal variance_scaling zeros ones"
).split()

MODELS = {
    "conv2d options": [
        {"type": "Conv2D", "filters": 3, "kernel_size": [3, 5], "strides": [2, 1], "padding": "same", "use_bias": False,
         "activation": "relu", "kernel_regularizer": {"type": "L1L2", "l1": 0.001, "l2": 0.002}}, *HEAD],
    "depthwise": [CONV, {"type": "DepthwiseConv2D", "kernel_size": 3, "depth_multiplier": 2, "activation": "tanh",
                         "depthwise_regularizer": "l2"}, *HEAD],
    "depthwise same": [CONV, {"type": "DepthwiseConv2D", "kernel_size": 3, "strides": 2, "padding": "same",
                              "use_bias": False}, *HEAD],
    "separable": [CONV, {"type": "SeparableConv2D", "filters": 5, "kernel_size": 3, "depth_multiplier": 2,
                         "pointwise_regularizer": "l1", "activation": "relu"}, *HEAD],
    "groups and dilation": [
        CONV, {"type": "Conv2D", "filters": 6, "kernel_size": 3, "groups": 2, "dilation_rate": [2, 1], "bias_regularizer": "l2"},
        {"type": "DepthwiseConv2D", "kernel_size": 3, "dilation_rate": 2, "padding": "same"},
        {"type": "SeparableConv2D", "filters": 5, "kernel_size": 2, "dilation_rate": 2}, *HEAD],
    "groups of one channel": [
        CONV, {"type": "Conv2D", "filters": 8, "kernel_size": [2, 3], "groups": 4, "padding": "same", "activation": "relu"},
        {"type": "Conv2D", "filters": 8, "kernel_size": 3, "groups": 8, "dilation_rate": 2, "use_bias": False},
        {"type": "BatchNormalization"}, *HEAD],
    "pools": [
        CONV, {"type": "MaxPooling2D", "pool_size": [2, 3], "strides": 1, "padding": "same"},
        {"type": "AveragePooling2D", "pool_size": 3, "padding": "same"}, *HEAD],
    "global pools": [
        {**CONV, "name": "stem"}, {"type": "GlobalMaxPooling2D", "name": "a"},
        {"type": "GlobalAveragePooling2D", "name": "b", "inputs": ["stem"]}, {"type": "Concatenate", "inputs": ["a", "b"]},
        HEAD[1]],
    "shapes": [
        {"type": "ZeroPadding2D", "padding": [[1, 2], [3, 0]]}, {"type": "Cropping2D", "cropping": [2, 1]},
        {"type": "ZeroPadding2D", "padding": [1, [0, 3]]},
        {"type": "UpSampling2D", "size": [1, 2]}, {"type": "Resizing", "height": 20, "width": 17}, CONV,
        {"type": "UpSampling2D", "interpolation": "bilinear"}, {"type": "Permute", "dims": [3, 1, 2]},
        {"type": "Resizing", "height": 9, "width": 3, "interpolation": "nearest"},
        {"type": "Reshape", "target_shape": [-1, 2]}, *HEAD],
    "random": [
        {"type": "RandomRotation", "factor": 0.1}, {"type": "RandomZoom", "height_factor": [-0.1, 0.2], "fill_mode": "constant"},
        {"type": "RandomTranslation", "height_factor": 0.1, "width_factor": 0.2, "interpolation": "nearest"},
        {"type": "RandomFlip", "mode": "horizontal"}, {"type": "RandomContrast", "factor": 0.2},
        {"type": "RandomBrightness", "factor": [-0.1, 0.1]}, {"type": "RandomErasing", "factor": 0.5},
        {"type": "RandomHeight", "factor": 0.1}, {"type": "RandomWidth", "factor": 0.1},
        {"type": "RandomCrop", "height": 28, "width": 28}, CONV, {"type": "Dropout", "rate": 0.3},
        {"type": "SpatialDropout2D", "rate": 0.3}, {"type": "GaussianNoise", "stddev": 0.1},
        {"type": "GaussianDropout", "rate": 0.1}, *HEAD],
    "normalizations": [
        {"type": "Normalization", "mean": 0.1, "variance": 0.3}, CONV,
        {"type": "BatchNormalization", "momentum": 0.5, "epsilon": 0.01}, {"type": "BatchNormalization", "center": False},
        {"type": "BatchNormalization", "scale": False}, {"type": "BatchNormalization", "scale": False, "center": False},
        {"type": "LayerNormalization"}, {"type": "LayerNormalization", "scale": False, "axis": 3},
        {"type": "Normalization", "mean": [0.1, 0.2, 0.3, 0.4], "variance": [1, 2, 3, 4], "invert": True}, *HEAD],
    "activations": [
        CONV, {"type": "ReLU", "max_value": 2, "negative_slope": 0.1, "threshold": 0.2}, {"type": "LeakyReLU"},
        {"type": "PReLU", "shared_axes": [1, 2], "alpha_initializer": {"type": "Constant", "value": 0.2}},
        {"type": "PReLU", "alpha_regularizer": "l2"}, {"type": "Activation", "activation": "silu"}, {"type": "Softmax"},
        {"type": "Rescaling", "scale": [1, 2, 3, 4], "offset": -1}, {"type": "Rescaling", "scale": 0.5}, *HEAD],
    "merging": [
        {**CONV, "name": "a"}, {**CONV, "name": "b", "inputs": ["input"]}, {"type": "Add", "inputs": ["a", "b", "a"]},
        {"type": "Subtract", "name": "s", "inputs": ["add", "b"]}, {"type": "Multiply", "name": "m", "inputs": ["s", "a"]},
        {"type": "Average", "name": "v", "inputs": ["m", "b"]}, {"type": "Maximum", "name": "x", "inputs": ["v", "add", "s"]},
        {"type": "Concatenate", "axis": 1, "inputs": ["x", "a", "b"]}, *HEAD],
    "residual": [
        CONV, {"type": "Residual", "layers": [
            {"type": "Conv2D", "filters": 4, "kernel_size": 3, "padding": "same"}, {"type": "BatchNormalization"},
            {"type": "Residual", "layers": [{"type": "Activation", "activation": "tanh"}]}]},
        {"type": "Residual", "layers": [{"type": "Conv2D", "filters": 6, "kernel_size": 1, "strides": 2}],
         "shortcut": [{"type": "Conv2D", "filters": 6, "kernel_size": 1, "strides": 2}]},
        {"type": "GlobalAveragePooling2D"}, HEAD[1]],
    "branches of unequal length": [
        {**CONV, "name": "z"}, {"type": "Conv2D", "filters": 4, "kernel_size": 1, "name": "y"},
        {"type": "Conv2D", "filters": 4, "kernel_size": 1, "name": "x"},
        {"type": "Conv2D", "filters": 4, "kernel_size": 1, "name": "w", "inputs": ["z"]},
        {"type": "Add", "inputs": ["w", "x"]}, {"type": "Conv2D", "filters": 4, "kernel_size": 1, "name": "v", "inputs": ["z"]},
        {"type": "Add", "inputs": ["v", "add"]}, *HEAD],
    "frozen": [{**CONV, "trainable": False}, {"type": "BatchNormalization", "trainable": False}, *HEAD],
    "scores": [CONV, {"type": "Flatten"}, {"type": "Dense", "units": 12, "kernel_regularizer": "l1_l2"}],
    "odd names": [{**CONV, "name": "A-b_C"}, {"type": "Flatten", "name": "dense"}, {"type": "Dense", "units": 10, "name": "flatten"}],
    "efficientnet": [
        {"type": "Resizing", "height": 32, "width": 32}, {"type": "Rescaling", "scale": 255},
        {"type": "Concatenate", "inputs": ["rescaling", "rescaling", "rescaling"]},
        {"type": "EfficientNetB0", "weights": None}, {"type": "GlobalAveragePooling2D"}, HEAD[1]],
    "efficientnet lite, frozen": [
        {"type": "Resizing", "height": 32, "width": 32}, {"type": "Rescaling", "scale": 255},
        {"type": "Concatenate", "inputs": ["rescaling", "rescaling", "rescaling"]},
        {"type": "EfficientNetLite0", "weights": None, "trainable": False}, {"type": "GlobalAveragePooling2D"}, HEAD[1]],
}  # fmt: skip
MODELS |= {f"activation {name}": [{**CONV, "activation": name}, *HEAD] for name in ACTIVATIONS}
MODELS |= {
    f"initializer {name}": [{**CONV, "kernel_initializer": name, "bias_initializer": name}, *HEAD] for name in INITIALIZERS
}
OPTIMIZERS = [
    "sgd", {"type": "SGD", "momentum": 0.9, "nesterov": True, "clipnorm": 1}, "adam", "adamw", "nadam", "rmsprop", "adagrad",
    "adadelta", {"type": "Adam", "amsgrad": True, "weight_decay": 0.01, "global_clipnorm": 1},
    {"type": "SGD", "learning_rate": {"type": "CosineDecay", "initial_learning_rate": 0, "decay_steps": 9,
                                      "warmup_target": 0.1, "warmup_steps": 3}},
    {"type": "SGD", "learning_rate": {"type": "ExponentialDecay", "initial_learning_rate": 0.1, "decay_steps": 9,
                                      "decay_rate": 0.5, "staircase": True}},
    {"type": "SGD", "learning_rate": {"type": "PiecewiseConstantDecay", "boundaries": [3], "values": [0.1, 0.01]}},
    {"type": "SGD", "learning_rate": {"type": "PolynomialDecay", "initial_learning_rate": 0.1, "decay_steps": 9, "power": 2,
                                      "cycle": True}},
    {"type": "SGD", "learning_rate": {"type": "CosineDecayRestarts", "initial_learning_rate": 0.1, "first_decay_steps": 3,
                                      "m_mul": 0.5}},
    {"type": "Adam", "use_ema": True, "ema_momentum": 0.9, "gradient_accumulation_steps": 2},
]  # fmt: skip


def check(tool):
    for name, layers in MODELS.items():
        tool.attempt(name, lambda: check_model(tool, name, layers, OPTIMIZERS[2]))
    for number, optimizer in enumerate(OPTIMIZERS):
        tool.attempt("optimizer", lambda: check_optimizer(tool, number, optimizer))


def check_model(tool, name, layers, optimizer):
    run = train(tool, name, layers, optimizer)
    compare_export(tool, name, run)


def train(tool, name, layers, optimizer):
    config = tool.folder / "layers.json"
    config.write_text(json.dumps({
        "name": "layers", "dataset": {"name": "mnist", "train_limit": 64, "test_limit": 10}, "model": {"layers": layers},
        "training": {"epochs": 1, "optimizer": optimizer}}))  # fmt: skip
    run = tool.folder / "layers" / name.replace(" ", "-")
    tool.train(config, run)
    return run


def check_optimizer(tool, number, optimizer):
    import keras

    run = train(tool, f"optimizer {number}", [CONV, *HEAD], optimizer)
    tool.call("export", run, "--to", run / "model.keras")
    model = keras.models.load_model(run / "model.keras")
    images, labels = tool.images(part="train")[:64], tool.labels("train")[:64]
    model.fit(images, labels, verbose=0)
    wanted = (optimizer if isinstance(optimizer, str) else optimizer["type"]).lower()
    found = type(model.optimizer).__name__
    tool.note(f"training goes on with {json.dumps(optimizer)}", found, found.lower() == wanted)
