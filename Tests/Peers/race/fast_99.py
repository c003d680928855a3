"""fast_99.py [SEEDS]: configs/mnist/fast-99.json in Keras: seconds from reading the files to the last epoch, and test accuracy."""

import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import tensorflow as tf
from keras import layers as L

from models import load

STEPS, HIGHEST = 1876, 0.03


class OneCycle(keras.optimizers.schedules.LearningRateSchedule):
    """Rises for three tenths of the steps and falls for the rest, along half a cosine wave each."""

    def __call__(self, step):
        def anneal(first, last, share):
            return last + (first - last) / 2 * (1 + tf.cos(share * 3.14159265))

        step, peak = tf.cast(step, tf.float32), 0.3 * STEPS - 1
        return tf.where(step <= peak, anneal(HIGHEST / 25, HIGHEST, step / peak),
                        anneal(HIGHEST, HIGHEST / 25e4, tf.minimum((step - peak) / (STEPS - 1 - peak), 1)))


for seed in range(int(sys.argv[1]) if len(sys.argv) > 1 else 1):
    keras.utils.set_random_seed(seed)
    start = time.perf_counter()
    images, labels = load("mnist")
    model = keras.Sequential([
        L.Cropping2D(3), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Conv2D(24, 3, activation="relu"),
        L.MaxPooling2D(), L.BatchNormalization(momentum=0.9), L.Flatten(), L.Dense(128, activation="relu"),
        L.BatchNormalization(momentum=0.9), L.Dense(10, activation="softmax")])
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=0.1)
    model.compile(keras.optimizers.Adam(OneCycle()), loss, metrics=["accuracy"])
    model.fit(images[..., None], keras.utils.to_categorical(labels, 10), batch_size=64, epochs=2, verbose=0)
    seconds = time.perf_counter() - start
    images, labels = load("mnist", "t10k")
    accuracy = model.evaluate(images[..., None], keras.utils.to_categorical(labels, 10), batch_size=500, verbose=0)[1]
    print(f"seed {seed}: {seconds:.1f} s, test accuracy {accuracy:.4f}", flush=True)
