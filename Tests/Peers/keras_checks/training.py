"""An epoch of the same batches in the same order, here and in Keras, after an import and after an export."""

import keras
from keras import layers as L

from .importing import imported, sequential

BATCH, IMAGES = 32, 640
# As far as Keras's own float32 drifts from its float64 in as many steps.
DRIFT = 1e-5


def check(tool):
    for name, make in MODELS.items():
        tool.attempt(name, lambda: check_model(tool, name, make))


def check_model(tool, name, make):
    keras.utils.set_random_seed(2)
    model, optimizer = make()
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    config = imported(tool, f"trained {name}.keras", model)
    run = config.parent / "run"
    few = f"dataset.train_limit={IMAGES}"
    tool.train(config, run, "--set", few, "--set", "training.shuffle=false", "--set", "dataset.test_limit=10")
    ours = tool.losses(run)
    images, labels = tool.images(part="train")[:IMAGES], tool.labels("train")[:IMAGES]
    history = model.fit(images, labels, batch_size=BATCH, epochs=1, shuffle=False, verbose=0).history
    tool.compare(f"training on after an import: {name}", ours, history["loss"], DRIFT)

    # And back: the second epoch there, of the model as the first one left it here, without its optimizer's memory.
    tool.call("export", run, "--to", run / "model.keras")
    there = keras.models.load_model(run / "model.keras")
    losses = there.fit(images, labels, batch_size=BATCH, epochs=1, shuffle=False, verbose=0).history["loss"]
    again = config.parent / "again"
    weights = f"model.initial_weights={run / 'model.safetensors'}"
    tool.train(config, again, "--set", few, "--set", "training.shuffle=false", "--set", "dataset.test_limit=10", "--set", weights)
    tool.compare(f"training on after an export: {name}", tool.losses(again), losses, DRIFT)


def convnet():
    layers = [
        keras.Input((28, 28, 1)), L.Conv2D(8, 3, activation="tanh"), L.AveragePooling2D(2), L.Flatten(),
        L.Dense(10, activation="softmax", kernel_regularizer="l2")]  # fmt: skip
    return sequential(*layers), keras.optimizers.Adam(0.001)


def normalized():
    layers = [
        keras.Input((28, 28, 1)), L.Conv2D(8, 3, use_bias=False), L.BatchNormalization(momentum=0.9), L.Activation("tanh"),
        L.Flatten(), L.Dense(10, activation="softmax")]  # fmt: skip
    return sequential(*layers), keras.optimizers.SGD(0.02, momentum=0.9, nesterov=True)


def branched():
    images = keras.Input((28, 28, 1))
    x = L.Conv2D(4, 5, strides=2, activation="tanh")(images)
    x = L.Concatenate()([L.Conv2D(4, 3, padding="same", activation="gelu")(x), L.DepthwiseConv2D(3, padding="same")(x)])
    model = keras.Model(images, L.Dense(10, activation="softmax")(L.GlobalAveragePooling2D()(x)))
    return model, keras.optimizers.RMSprop(0.001)


def with_gaps_and_groups():
    layers = [
        keras.Input((28, 28, 1)), L.Conv2D(8, 5, strides=2, activation="tanh"), L.Conv2D(8, 3, groups=8, activation="tanh"),
        L.Conv2D(16, 3, groups=2, dilation_rate=2, padding="same", activation="gelu"), L.DepthwiseConv2D(3, dilation_rate=(1, 2)),
        L.Flatten(), L.Dense(10, activation="softmax", bias_regularizer="l2")]  # fmt: skip
    return sequential(*layers), keras.optimizers.Nadam(0.001)


MODELS = {
    "convnet": convnet, "normalized net": normalized, "net of two branches": branched, "net with gaps and groups": with_gaps_and_groups,
}  # fmt: skip
