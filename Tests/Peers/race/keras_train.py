"""keras_train.py MODEL EPOCHS: the seconds of each epoch in Keras on TensorFlow, on all processors."""

import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras

from models import WORK, keras_model, load


class Clock(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        print("epoch", time.perf_counter() - self.start, flush=True)


name, epochs = sys.argv[1], int(sys.argv[2])
dataset, count, batch, _ = WORK[name]
images, labels = load(dataset)
model = keras_model(name)
model.fit(images[:count, ..., None], labels[:count], batch_size=batch, epochs=epochs, verbose=0, callbacks=[Clock()])
images, labels = load(dataset, "t10k")
print("test_accuracy", model.evaluate(images[..., None], labels, batch_size=500, verbose=0)[1])
