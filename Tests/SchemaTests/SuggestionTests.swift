import Schema
import Testing

@Suite struct SuggestionTests {
    @Test(
        arguments: [
            ("kernal_size", "kernel_size"), ("kernelSize", "kernel_size"), ("kernel-size", "kernel_size"),
            ("FILTERS", "filters"), ("filter", "filters"), ("fliters", "filters"), ("filtersss", "filters"),
            ("activatoin", "activation"), ("acitvation", "activation"), ("pading", "padding"), ("act", "activation"),
            ("stride", "strides"), ("use_bais", "use_bias"), ("bias", nil), ("lr", nil), ("x", nil), ("", nil),
            ("completely_different", nil), ("units", nil),
        ] as [(String, String?)])
    func `the nearest word is suggested, if it is near`(word: String, meant: String?) {
        let candidates = ["filters", "kernel_size", "strides", "padding", "activation", "use_bias"]
        #expect(suggestion(for: word, among: candidates) == meant)
    }

    @Test func `a beginning that fits two words suggests neither`() {
        #expect(suggestion(for: "val", among: ["val_loss", "val_accuracy"]) == nil)
    }

    @Test(
        arguments: [
            ("lr", "did you mean \"learning_rate\"?"), ("swish", "did you mean \"silu\"?"),
            ("MSE", "did you mean \"MeanSquaredError\"?"), ("Conv2d", "did you mean \"Conv2D\"?"),
            ("MaxPool2d", "did you mean \"MaxPooling2D\"?"),
            ("InputLayer", "leave it out: the shape of the images follows from the data set"),
            ("validation_split", "write \"validation\": { \"fraction\": 0.1 } in \"dataset\""),
            ("CSVLogger", "leave it out: every run writes curves.csv"),
            ("batch_size", "it belongs in \"training\""),

            ("verbose", "leave it out: --progress and --quiet decide what is shown"),
            ("LSTM", "known: learning_rate, silu, MeanSquaredError, Conv2D, MaxPooling2D"),
        ])
    func `words of Keras and PyTorch lead to what is written here`(word: String, remedied: String) {
        let candidates = ["learning_rate", "silu", "MeanSquaredError", "Conv2D", "MaxPooling2D"]
        #expect(remedy(for: word, among: candidates) == remedied)
    }

    @Test(arguments: [
        ("lr", ["initial_learning_rate", "decay_steps"], "did you mean \"initial_learning_rate\"?"),
        ("learning_rate", ["initial_learning_rate", "decay_steps"], "did you mean \"initial_learning_rate\"?"),
        ("learningRate", ["learning_rate", "momentum"], "did you mean \"learning_rate\"?"),
        ("lr", ["epochs", "optimizer"], rate), ("LR", ["name", "training"], rate),
        ("learning_rate", ["epochs", "optimizer"], rate), ("learningRate", ["name", "training"], rate),
    ])
    func `a learning rate is led to the optimizer from wherever it was written`(
        word: String, candidates: [String], remedied: String
    ) {
        #expect(remedy(for: word, among: candidates) == remedied)
    }

    private static let rate =
        #"it belongs in the optimizer: "optimizer": { "type": "Adam", "learning_rate": 0.001 } in "training""#

    @Test func `a word from elsewhere suggests only what is possible here`() {
        #expect(suggestion(for: "mse", among: ["Adam", "SGD"]) == nil)
    }

    @Test func `a swap of neighbours counts as one edit`() {
        #expect(suggestion(for: "ab", among: ["ba"]) == "ba")
    }

    @Test func `words that nobody typed are not compared`() {
        let word = String(repeating: "a", count: 1_000_000)
        #expect(suggestion(for: word, among: [word + "b"]) == nil)
    }
}
