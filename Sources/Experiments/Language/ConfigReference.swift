import Layers
import Optimizers
import Schema
import Training

extension ExperimentConfig {
    /// All that a config can say, as Markdown, with headings from a level on: what the documentation's reference and `help config` are.
    package static func documentReference(level: Int = 2) -> String {
        sections(level: level).map { title, text in
            "\(String(repeating: "#", count: level)) \(title)\n\n\(text)"
        }.joined(separator: "\n")
    }

    /// One section of it, by its title in any spelling; nil where there is none.
    package static func documentSection(_ title: String) -> String? {
        sections(level: 1).first { isAlike($0.title, title) }.map { "# \($0.title)\n\n\($0.text)" }
    }

    /// What `documentSection` knows.
    package static var sectionTitles: [String] { sections(level: 1).map(\.title) }

    private static func sections(level: Int) -> [(title: String, text: String)] {
        [
            ("The config", fieldsOnly(ExperimentConfig.self) + "\n" + languageText),
            ("dataset", fieldsOnly(DatasetSettings.self) + "\n" + validationText),
            ("model", fieldsOnly(ModelSettings.self) + "\n" + initialWeightsText),
            ("Layers", Format.layers.reference(level: level + 1)),
            ("Graphs", graphText + fieldsOnly(PlacedLayer.self) + "\n" + graphPathText),
            ("Initializers", brief(Format.initializers)),
            ("Regularizers", brief(Format.regularizers)),
            ("training", fieldsOnly(TrainingSettings.self) + "\n" + classWeightText + phaseText),
            ("Optimizers", optimizerText + Format.optimizers.reference(level: level + 1)),
            ("Schedules", scheduleText + Format.schedules.reference(level: level + 1)),
            ("Losses", brief(Format.losses)),
            ("Callbacks", Format.callbacks.reference(level: level + 1)),
            ("expect", expectationText),
            ("sweep", fieldsOnly(SweepSettings.self) + "\n" + sweepText + untilText),
        ]
    }

    /// A type's reference without its heading.
    private static func fieldsOnly<Settings: Described>(_ type: Settings.Type) -> String {
        let text = type.reference(level: 1)
        return String(text.drop { $0 != "\n" }.drop { $0 == "\n" })
    }

    /// The table alone.
    private static func table<Settings: Described>(of type: Settings.Type) -> String {
        String(fieldsOnly(type).drop { $0 != "|" })
    }

    /// A line for each type of a family, its arguments with their defaults.
    private static func brief<Member>(_ family: Family<Member>) -> String {
        family.types.map { type in
            let arguments = Self.arguments(of: type)
            return "- `\(type.name)`\(arguments.isEmpty ? "" : " (\(arguments))"): \(type.summary)\n"
        }.joined()
    }

    private static func arguments<Settings: Described>(of type: Settings.Type) -> String {
        let defaults = Settings().json
        return type.fields.map { "`\($0.name)` \((defaults[$0.name] ?? nil).compact)" }.joined(separator: ", ")
    }

    private static var languageText: String {
        """
        Words are taken in any case, and hyphens and underscores in them do not count: `"Conv2d"`, `"SAME"`, `"cosine_decay"` and
        `"fashion_mnist"` are understood. Keys are written as they stand here.

        Comments (`//`, `/* */`) and trailing commas are allowed. `"let": { "drop": 0.25 }` defines variables; the string
        `"$drop"` stands for the value of one, whatever it is, and `"$block.filters"` and `"$pair[0]"` for a part of one. A text
        that begins with `$` is written `"$$…"`. In an array, most of all in `layers`, a block is repeated for every element of
        a list, which may be a variable, and blocks may stand in blocks:

        ```json
        { "for_each": "$hidden", "as": "units", "layers": [ { "type": "Dense", "units": "$units" } ] }
        ```

        `--set PATH=VALUE` replaces a value before variables are put in: `--set training.epochs=3`,
        `--set 'model.layers[1].units=64'`, `--set 'model.layers[head].units=64'` (the layer with this `"name"`),
        `--set 'let.hidden=[256]'`; the quotes keep the shell from reading the brackets. Paths of files are relative to the config.

        `mnist-lab help schema > schema.json` writes the JSON Schema of configs; `"$schema": "schema.json"` in a config leads
        editors to it, and means nothing else.

        """
    }

    private static var graphText: String {
        """
        Without further words every layer reads the one before it. A model that branches gives names, and says what is read:

        ```json
        "layers": [
          { "type": "Conv2D", "name": "stem", "filters": 16, "kernel_size": 3, "padding": "same" },
          { "type": "Conv2D", "filters": 16, "kernel_size": 3, "padding": "same", "activation": "relu" },
          { "type": "Conv2D", "name": "branch", "filters": 16, "kernel_size": 3, "padding": "same" },
          { "type": "Add", "inputs": ["stem", "branch"] },
          { "type": "Flatten" },
          { "type": "Dense", "units": 10 }
        ]
        ```


        """
    }

    private static var graphPathText: String {
        """
        A layer reads only what stands before it, and every layer but the last is read by another one. Add, Subtract, Multiply,
        Average, Maximum and Concatenate take several inputs, all others one. Residual holds layers and adds what they make of
        its input to the input itself, or to what its `shortcut` makes of it; the first layer of both reads that input.

        ```json
        { "type": "Residual", "name": "res1", "layers": [
          { "type": "Conv2D", "name": "conv2", "filters": 16, "kernel_size": 3, "padding": "same" }
        ] }
        ```

        Paths may say a name in place of an index: `--set 'model.layers[stem].filters=32'`,
        `--set 'model.layers[res1].layers[conv2].filters=32'`. A block that is repeated takes names from its variable:

        ```json
        { "for_each": [{ "name": "a", "units": 64 }, { "name": "b", "units": 32 }], "as": "block", "layers": [
          { "type": "Dense", "name": "$block.name", "units": "$block.units" }
        ] }
        ```

        """
    }

    private static var validationText: String {
        """
        `validation` is one of

        - `{ "fraction": 0.1, "from": "end" }`: a part of the training images, the last ones as in Keras, which is the default;
          `"from"` may be `"shuffled"` (a random choice) or `"stratified"` (a random choice with as much of every class);
        - `{ "folds": 5, "fold": 0, "from": "stratified" }`: one of equal parts of the training images, the first one unless
          `fold` says otherwise;
        - `{ "use": "test" }`: the test images, as some reports do, which then judge what they helped to choose;
        - `null`: none.

        """
    }

    private static var initialWeightsText: String {
        """
        `initial_weights` is one of

        - `"first.safetensors"`: a file that has a value for every parameter, and nothing else;
        - `{ "file": "first.safetensors", "strict": false }`: what fits by name; what is missing or left over is listed;
        - `{ "file": "first.safetensors", "layers": ["conv2d"] }`: these layers, with all that stands within them; what the file
          has for others is passed over;
        - `null`: none, but for layers with `weights` of their own.

        """
    }

    private static var classWeightText: String {
        """
        `class_weight` is that of Keras's `fit`: the loss of each image is multiplied by the weight of its class, and the sum is
        divided by the number of images, not by that of the weights. The reported training loss is the weighted one; accuracies
        and everything that is validated or tested are as without weights. Of a mixed image each class counts by its own weight.

        """
    }

    private static var phaseText: String {
        """
        Each of the `phases` is

        \(table(of: TrainingPhase.self))
        """
    }

    private static var optimizerText: String {
        """
        With `use_ema`, the moving average of the weights is what is validated after every epoch, tested, compared by callbacks
        and saved, while training goes on from the weights themselves, as with Keras's callback SwapEMAWeights; moving statistics
        of batch normalization are not averaged: they are those of the latest weights, so that the average may be judged badly
        until the learning rate falls. With `gradient_accumulation_steps`, schedules count batches, as in Keras,
        clipping sees the mean gradient, and gradients that do not make a step before the training ends are lost; batch
        normalization sees single batches.


        """
    }

    private static var scheduleText: String {
        """
        A learning rate is a number, or changes from step to step by one of these; in the callback LearningRateScheduler a step is
        an epoch.


        """
    }

    private static var sweepText: String {
        """
        ```json
        "sweep": {
          "grid": { "training.batch_size": [32, 64, 128], "let.hidden": [[256], [512, 256]] },
          "list": [{ "let.drop": 0.2, "training.epochs": 10 }, { "let.drop": 0.5, "training.epochs": 20 }],
          "random": { "samples": 20, "training.optimizer.learning_rate": { "min": 1e-4, "max": 0.1, "log": true } },
          "exclude": [{ "training.batch_size": 32, "let.drop": 0.5 }],
          "repeats": 3
        }
        ```

        Paths are those of `--set`, and a value may be whatever could stand there in the config, variables included. Trials are
        all combinations of the grid's values, the list's entries and the random samples. What is drawn follows from `seed`: the
        values of an array are equally likely, and so are all numbers from `min` to `max`, or all whole numbers where both
        bounds are whole; with `log`, every order of magnitude is equally likely.

        Each combination is trained `repeats` times, with the seeds `seed`, `seed` + 1, …, and with `folds` on as many parts of
        the training images each, in place of `dataset.validation`. `until` (`{ "precision": 0.002 }`) adds repeats to a
        combination, one after the other, until the 95 % interval of the mean is ± `precision` or narrower, or all `repeats` are
        done. Whether a repeat is needed follows from the figures of those before it, in their order: the same repeats are
        trained with any number of threads and processes. `halving` (`{ "factor": \(Halving().factor) }`) stops all combinations
        but the best (one in `factor`), judged by their mean on validation images, after `min_epochs` epochs, then after `factor`
        times as many, and so on; the others continue from there.

        """
    }

    private static var untilText: String {
        """

        `until` has

        \(table(of: Until.self))
        and `halving`

        \(table(of: Halving.self))
        """
    }

    private static var expectationText: String {
        let names = Metric.allCases.map { "`\($0.rawValue)`" }
        let list = [names.prefix(5), names.dropFirst(5)].map { $0.joined(separator: ", ") }.joined(separator: ",\n")
        return """
            Bounds by metric: `{ "test_accuracy": { "min": 0.98 } }`, with `min`, `max` or both. A run that misses one exits
            with 3. The metrics: \(list).
            Those without `test_` or `best_` are those of the last epoch; `best_` ones the best value of any epoch.

            `{ "test_accuracy": { "baseline": "../runs/best", "tolerance": 0.002 } }` holds a run to another one: its accuracy
            may be at most 0.002 below that of the finished run in this directory, or a loss at most as much above. Without a
            tolerance it must be no worse. The directory is seen from the config; it is read before anything is trained.

            A sweep holds the mean over each group of repeats to the bounds, and fails if any of its groups does. With
            `"confidence": 0.95` the mean's 95 % interval (Student's t, two-sided) decides: the bound is met if the whole
            interval keeps it, and missed if the whole interval lies beyond it; otherwise it is undecided, and the exit code
            is 4. So of the means on the wrong side of a bound at most one in forty passes, and of those on the right side at
            most as many fail. A single run, or a single repeat, decides nothing.

            """
    }
}
