import Reporting
import Testing

@testable import CommandLineTool

@Suite struct HelpTests {
    static let overview = """
        sample: a tool for tests

        usage:
          sample COMMAND [ARGUMENTS] [OPTIONS]

        commands:
          train CONFIG          train one experiment
          validate CONFIG...    check configs
          data [ACTION] [NAME]  look at data
          fail                  find problems
          help [TOPIC]          explain the tool, a command, or what a config may say

        options:
          --help     show help and exit
          --version  show the version and exit

        topics:
          config        every key of a config, as Markdown
          schema        the JSON Schema of configs, for editors
          exit-codes    what the exit code says, and which mistake ends with which
          layers        what a model is made of, in model.layers
          optimizers    how weights follow their gradients, in training.optimizer
          schedules     how a learning_rate changes from step to step
          losses        the function that training minimizes, in training.loss
          callbacks     what stops, steers or records a training, in training.callbacks
          initializers  what weights begin with, in keys such as kernel_initializer
          regularizers  what keeps weights small, in keys such as kernel_regularizer

        exit codes:
          0    done, and every expectation met
          1    the run failed: input or output error, disk full, diverged loss
          2    usage or config error; nothing was written
          3    trained, but an expectation was not met
          4    trained, but there are too few runs to decide an expectation
          75   stopped by SIGTERM in a job of Slurm, checkpoint saved
          129  stopped by SIGHUP, checkpoint saved
          130  stopped by SIGINT, checkpoint saved
          143  stopped by SIGTERM, checkpoint saved

        `sample help COMMAND` explains a command, `sample help TOPIC` a topic, and
        `sample help Conv2D` whatever a config can name.

        """

    static let train = """
        sample train: train one experiment

        usage:
          sample train CONFIG [OPTIONS]

        arguments:
          CONFIG  a config file, or - for standard input

        options:
          --out DIR         the run directory
          --epochs N        how often the images are seen
          --rate X          the learning rate
          --progress WHEN   show progress: auto, always or never; it goes to standard
                            error and is redrawn on a terminal only
          --set PATH=VALUE  override a value of the config (repeatable)
          --json            one JSON document instead of text
          --a-name-of-unusual-length VALUE
                            to be explained below
          --help            show help and exit
          --version         show the version and exit

        examples:
          sample train a.json --epochs 2
              two epochs instead of the config's

        """

    @Test(arguments: ["help", "--help", "-h"])
    func `help lists the commands`(line: String) {
        let ended = Sample.run(line)
        #expect(ended.results == Self.overview)
        #expect(ended.messages == "")
        #expect(ended.code == .success)
    }

    @Test(arguments: ["help train", "train --help", "train -h", "--help train", "train --help a b --epochs 1"])
    func `help explains a command, even within an unfinished line`(line: String) {
        let ended = Sample.run(line)
        #expect(ended.results == Self.train)
        #expect(ended.code == .success)
    }

    @Test func `the name alone shows help too, but as an error`() {
        let ended = Sample.run("")
        #expect(ended.results == "")
        #expect(ended.messages == Self.overview)
        #expect(ended.code == .usage)
    }

    @Test(arguments: [10, 40, 60, 200])
    func `explanations are wrapped to the screen, within reason`(width: Int) {
        let text = Sample.run("help train", width: width).results
        let explained = text.split(separator: "\n").filter { $0.contains("progress") || $0.hasPrefix("        ") }
        #expect(explained.allSatisfy { displayWidth($0) <= max(width, 42) })
        #expect(text.split(separator: "\n").allSatisfy { displayWidth($0) <= 100 })
        let words = text.split(whereSeparator: \.isWhitespace)
        #expect(words == Self.train.split(whereSeparator: \.isWhitespace))
    }

    @Test(arguments: [
        ("Conv2D", "filters"), ("conv2d", "kernel_initializer"), ("adam", "beta_1"), ("cosine-decay", "decay_steps"),
        ("early_stopping", "restore_best_weights"), ("SparseCategoricalCrossentropy", "label_smoothing"),
        ("glorot_uniform", "GlorotUniform:"), ("L2", "default:"), ("LAYERS", "MaxPooling2D"),
        ("schedules", "CosineDecay"), ("dataset", "`train_limit`"), ("Training", "`batch_size`"),
        ("validation", "`validation` is one of"), ("model", "`initial_weights`"), ("expect", "`test_accuracy`"),
        ("graphs", "`inputs`"),
        ("Dropout", "keys of all layers:"),
    ])
    func `whatever a config can name is explained, in any spelling`(word: String, text: String) {
        let ended = Sample.run("help \(word)")
        #expect(ended.code == .success)
        #expect(ended.results.contains(text), "\(ended.results)")
    }

    @Test func `every type of every family has help of its own`() {
        #expect(HelpTopic.typeNames.count > 60)
        for name in HelpTopic.typeNames { #expect(Sample.run("help \(name)").results.hasPrefix("\(name): ")) }
    }
}
