"""Models that Keras saved, imported: random ones of the layers that both have, and whatever people write."""

import random

import keras
import numpy as np
from keras import layers as L

from .tool import IMAGES, predictions

ACTIVATIONS = ["relu", "tanh", "gelu", "silu", "elu", "selu", "leaky_relu", "softplus", "mish", "hard_sigmoid", None]
COUNT = 24


def check(tool):
    for seed in range(COUNT):
        check_model(tool, f"random {seed}", lambda: random_model(random.Random(seed)))
    for name, make in WRITTEN.items():
        check_model(tool, name, make)
    for policy in ["mixed_float16", "mixed_bfloat16", "float64"]:
        check_policy(tool, policy)


def check_model(tool, name, make):
    keras.utils.set_random_seed(1)
    model = shaken(make())
    for ending in [".keras", ".h5"]:
        tool.attempt(name + ending, lambda: check_file(tool, name + ending, model, model))
    tool.attempt(f"{name} .weights.h5", lambda: check_weights(tool, f"{name} .weights.h5", model))


def check_file(tool, name, model, reference):
    """Imports a saved model, and compares its predictions with those of the reference."""
    config = imported(tool, name, model)
    run = config.parent / "run"
    tool.train(config, run, "--epochs", "0", "--set", "dataset.test_limit=10")
    tool.compare(name, tool.probabilities(run), predictions(reference, images_for(tool, reference)))


def imported(tool, name, model):
    folder = tool.folder / "in" / name.replace(" ", "-")
    folder.mkdir(parents=True)
    path = folder / ("model" + name[name.rindex(".") :])
    model.save(path)
    tool.call("import", path, "--out", folder / "model.json", "--quiet")
    return folder / "model.json"


def check_weights(tool, name, model):
    """The weights alone, for the config that was imported with the whole model; in both layouts."""
    config = tool.folder / "in" / name.replace(" .weights.h5", ".keras").replace(" ", "-") / "model.json"
    # Within nested models, numbers tell nothing without the model.
    if any(isinstance(layer, keras.Model) for layer in model.layers):
        return
    path = config.parent / "model.weights.h5"
    model.save_weights(path)
    run = config.parent / "run-of-weights"
    tool.train(config, run, "--epochs", "0", "--set", f"model.initial_weights={path}", "--set", "dataset.test_limit=10")
    tool.compare(name, tool.probabilities(run), predictions(model, images_for(tool, model)))


def images_for(tool, model):
    """The test images as the model reads them."""
    images, shape = tool.images()[:IMAGES], model.input_shape[1:]
    if np.prod(shape) == 28 * 28:
        return images.reshape(-1, *shape)
    return L.Resizing(*shape[:2])(np.repeat(images, shape[2], axis=3)).numpy()


def check_policy(tool, policy):
    """Other precisions are imported as float32, which a model of the same weights computes, too."""

    def make():
        images = keras.Input((28, 28, 1))
        x = L.BatchNormalization()(L.Conv2D(4, 3, activation="relu")(images))
        return keras.Model(images, L.Dense(10, activation="softmax", dtype="float32")(L.Flatten()(x)))

    reference = shaken(make())
    keras.config.set_dtype_policy(policy)
    model = make()
    keras.config.set_dtype_policy("float32")
    model.set_weights(reference.get_weights())
    for ending in [".keras", ".h5"]:
        tool.attempt(policy + ending, lambda: check_file(tool, policy + ending, model, reference))


def shaken(model):
    """With weights none of which is what it begins with, so that none can be forgotten."""
    generator = np.random.default_rng(7)

    def moved(weights):
        if weights.dtype.kind != "f":
            return weights
        # Kernels stay centred: large sums would magnify the rounding.
        low = -0.05 if weights.ndim > 1 else 0.02
        return weights + generator.uniform(low, -low if low < 0 else 0.2, weights.shape).astype(weights.dtype)

    model.set_weights([moved(weights) for weights in model.get_weights()])
    for layer in model._flatten_layers():
        if isinstance(layer, L.Normalization) and layer.input_mean is None:
            layer.finalize_state()
    return model


def random_model(r):
    """Images through some blocks, with or without branches, to a head."""
    images = keras.Input((28, 28, 1), name=r.choice([None, "images", "x"]))
    x = images
    for _ in range(r.randint(1, 3)):
        if r.random() < 0.5:
            x = random_layer(r)(x)
        if r.random() < 0.5 and min(x.shape[1:3]) > 3:
            filters = r.randint(2, 5)
            branches = [random_convolution(r, x, filters, "same") for _ in range(r.randint(2, 3))]
            if r.random() < 0.5:
                branches[0] = L.BatchNormalization(momentum=0.9)(branches[0])
            merge = r.choice([L.Add, L.Average, L.Maximum, L.Multiply, L.Concatenate])
            x = merge()(branches)
        elif min(x.shape[1:3]) > 5:
            x = random_convolution(r, x, r.randint(2, 6), r.choice(["valid", "same"]), strides=r.choice([1, 2]))
        if r.random() < 0.5 and min(x.shape[1:3]) > 3:
            x = r.choice([L.MaxPooling2D(2), L.AveragePooling2D((2, 1), padding="same"), L.MaxPooling2D(3, strides=2)])(x)
    x = r.choice([L.Flatten(), L.GlobalAveragePooling2D(), L.GlobalMaxPooling2D()])(x)
    if r.random() < 0.5:
        x = L.Dropout(0.3)(L.Dense(r.randint(5, 20), activation=r.choice(ACTIVATIONS), kernel_regularizer=r.choice([None, "l2"]))(x))
    return keras.Model(images, L.Dense(10, activation=r.choice([None, "softmax"]))(x), name=r.choice([None, "net"]))


def random_layer(r):
    return r.choice([
        L.Rescaling(2.0, offset=-1), L.ZeroPadding2D(((1, 0), (2, 1))), L.Cropping2D((1, 2)), L.UpSampling2D((1, 2)),
        L.Resizing(20, 24), L.GaussianNoise(0.1), L.RandomRotation(0.1), L.RandomZoom(0.1, fill_mode="nearest"),
        L.RandomFlip("horizontal"), L.SpatialDropout2D(0.1), L.Permute((2, 1, 3)), L.RandomContrast(0.3, value_range=(0, 1)),
        L.LayerNormalization(), L.BatchNormalization(scale=False), L.Normalization(mean=[0.13], variance=[0.09]),
    ])  # fmt: skip


def random_convolution(r, x, filters, padding, strides=1):
    """Of one of the kinds, perhaps with gaps or in groups."""
    size = r.choice([1, 3, (3, 5)])
    options = {"padding": padding, "strides": strides, "activation": r.choice(ACTIVATIONS), "use_bias": r.random() < 0.8}
    room = min(x.shape[1:3]) > 10 or padding == "same"
    if strides == 1 and room and r.random() < 0.4:
        options["dilation_rate"] = r.choice([2, (1, 2), (2, 1)])
    channels = x.shape[3]
    groups = r.choice([count for count in range(1, filters + 1) if filters % count == 0 and channels % count == 0])
    kinds = [lambda: L.Conv2D(filters, size, groups=groups, **options)] * 3 + [lambda: L.SeparableConv2D(filters, size, **options)]
    if filters % channels == 0:
        kinds.append(lambda: L.DepthwiseConv2D(size, depth_multiplier=filters // channels, **options))
    return r.choice(kinds)()(x)


def sequential(*layers):
    return keras.Sequential(layers)


def head():
    return [L.Flatten(), L.Dense(10, activation="softmax")]


def adapted():
    normalization = L.Normalization()
    normalization.adapt(np.random.default_rng(1).normal(0.3, 0.2, (50, 28, 28, 1)).astype(np.float32))
    return sequential(keras.Input((28, 28, 1)), normalization, L.Conv2D(3, 5, strides=3), *head())


def nested():
    inner = keras.Sequential([L.Conv2D(3, 3, strides=2), L.BatchNormalization(), L.ReLU(6.0)], name="inner")
    images = keras.Input((28, 28, 1))
    block_in = keras.Input((13, 13, 3))
    block = keras.Model(block_in, L.Add()([L.Conv2D(3, 1)(block_in), L.DepthwiseConv2D(3, padding="same")(block_in)]), name="block")
    x = block(inner(images))
    return keras.Model(images, L.Dense(10, activation="softmax")(L.GlobalAveragePooling2D()(L.Conv2D(4, 3)(x))))


def with_operators():
    images = keras.Input((28, 28, 1))
    a, b = L.Conv2D(3, 3)(images), L.Conv2D(3, 3)(images)
    return keras.Model(images, L.Dense(10, activation="softmax")(L.Flatten()(a + b)))


def efficient():
    return keras.applications.EfficientNetB0(weights=None, input_shape=(32, 32, 3), classes=10, include_top=True)


WRITTEN = {
    "flat digits": lambda: sequential(keras.Input((784,)), L.Dense(20, activation="relu"), L.Dense(10)),
    "flattened digits": lambda: sequential(L.Flatten(input_shape=(28, 28)), L.Dense(30, activation="relu"), L.Dropout(0.2), L.Dense(10)),
    "reshaped digits": lambda: sequential(keras.Input((28, 28)), L.Reshape((28, 28, 1)), L.Conv2D(3, 5, strides=3), *head()),
    "rescaled rows": lambda: sequential(keras.Input((28, 28)), L.Rescaling(2.0), L.LayerNormalization(), *head()),
    "no input layer": lambda: sequential(L.Conv2D(3, (3, 3), input_shape=(28, 28, 1), activation="relu"), L.MaxPooling2D((2, 2)), *head()),
    "names": lambda: sequential(keras.Input((28, 28, 1)), L.Conv2D(2, 3, name="1st conv"), L.Conv2D(2, 3, name="input"), *head()),
    "activations": lambda: sequential(
        keras.Input((28, 28, 1)), L.Conv2D(2, 5, strides=4), L.ELU(), L.LeakyReLU(), L.PReLU(), L.ReLU(3, 0.1, 0.2), L.Identity(),
        L.PReLU(shared_axes=[1, 2]), L.Activation("swish"), L.Softmax(), *head()),
    "initializers": lambda: sequential(
        keras.Input((28, 28, 1)), L.Conv2D(2, 5, kernel_initializer="orthogonal", bias_regularizer="l1", kernel_constraint="max_norm"),
        *head()),
    "adapted normalization": adapted,
    "nested": nested,
    "operators": with_operators,
    "one colour of three": lambda: sequential(keras.Input((32, 32, 3)), L.Conv2D(3, 5, strides=3), *head()),
    "EfficientNetB0": efficient,
}  # fmt: skip
