import Schema
import Testing

@Suite struct DecodingTests {
    /// What `read` throws for a text, one line a problem.
    static func problems<Value: Setting>(_ type: Value.Type, _ text: String) -> String {
        do throws(Problems) {
            _ = try Value(from: JSON(parsing: text))
            return ""
        } catch {
            return error.rendered()
        }
    }

    @Test func `fields that are left out hold what the type's defaults say`() throws {
        let layer = try Conv2D(from: JSON(parsing: #"{"filters": 8, "kernel_size": [3, 5], "activation": "relu"}"#))
        #expect(layer.filters == 8)
        #expect(layer.kernelSize == Extent(height: 3, width: 5))
        #expect(layer.activation == .relu)
        #expect(layer.padding == .valid)
        #expect(layer.seed == nil)
    }

    @Test(arguments: conv)
    func `a wrong layer says what is wrong with it`(text: String, expected: String) {
        #expect(Self.problems(Conv2D.self, text) == expected)
    }

    static let conv: [(String, String)] = [
        (#"{"filters": 8, "kernel_size": 3}"#, ""),
        (#"{"filters": 8, "kernel_size": 3, "seed": null}"#, ""),
        ("3", "1:1: expected an object with \"filters\" and \"kernel_size\", found 3"),
        ("[]", "1:1: expected an object with \"filters\" and \"kernel_size\", found an empty array"),
        (
            "{}",
            "1:1: missing key \"filters\"; it says how many feature maps\n"
                + "1:1: missing key \"kernel_size\"; it says the filter's height and width"
        ),
        (#"{"filters": 0, "kernel_size": 3}"#, "1:13: filters: expected a whole number from 1 to 65536, found 0"),
        (#"{"filters": -1, "kernel_size": 3}"#, "1:13: filters: expected a whole number from 1 to 65536, found -1"),
        (
            #"{"filters": 1000000000, "kernel_size": 3}"#,
            "1:13: filters: expected a whole number from 1 to 65536, found 1000000000"
        ),
        (#"{"filters": 8.0, "kernel_size": 3}"#, "1:13: filters: expected a whole number from 1 to 65536, found 8.0"),
        (
            #"{"filters": 1e99, "kernel_size": 3}"#,
            "1:13: filters: expected a whole number from 1 to 65536, found 1e+99"
        ),
        (
            #"{"filters": "8", "kernel_size": 3}"#,
            "1:13: filters: expected a whole number from 1 to 65536, found the string \"8\""
        ),
        (#"{"filters": null, "kernel_size": 3}"#, "1:13: filters: expected a whole number from 1 to 65536, found null"),
        (#"{"filters": true, "kernel_size": 3}"#, "1:13: filters: expected a whole number from 1 to 65536, found true"),
        (
            #"{"filters": {}, "kernel_size": 3}"#,
            "1:13: filters: expected a whole number from 1 to 65536, found an object"
        ),
        (#"{"filters": 8, "kernel_size": [3]}"#, "1:31: kernel_size: expected an array of 2, found 1"),
        (
            #"{"filters": 8, "kernel_size": [3, 0]}"#,
            "1:35: kernel_size[1]: expected a whole number from 1 to 1024, found 0"
        ),
        (
            #"{"filters": 8, "kernel_size": "3x3"}"#,
            "1:31: kernel_size: expected a whole number from 1 to 1024, found the string \"3x3\""
        ),
        (
            #"{"filters": 8, "kernel_size": [3, 3, "x"]}"#,
            "1:31: kernel_size: expected an array of 2, found 3\n"
                + "1:38: kernel_size[2]: expected a whole number from 1 to 1024, found the string \"x\""
        ),
        (#"{"filters": 8, "kernal_size": 3}"#, "1:16: kernal_size: unknown key; did you mean \"kernel_size\"?"),
        (
            #"{"filters": 8, "kernel_size": 3, "hue": 1}"#,
            "1:34: hue: unknown key; "
                + "known: filters, kernel_size, strides, padding, dilation, activation, seed"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "type": "Conv2D"}"#,
            "1:34: type: unknown key; "
                + "known: filters, kernel_size, strides, padding, dilation, activation, seed"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "activation": "rleu"}"#,
            "1:48: activation: unknown word \"rleu\"; did you mean \"relu\"?"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "padding": "full"}"#,
            "1:45: padding: unknown word \"full\"; known: valid, same"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "padding": 1}"#,
            "1:45: padding: expected one of \"valid\", \"same\", found 1"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "seed": -1}"#,
            "1:42: seed: expected a whole number of at least 0, found -1"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "dilation": 2, "strides": 2}"#,
            "1:46: dilation: dilation and strides exclude each other"
        ),
        (
            #"{"filters": 0, "kernel_size": 3, "dilation": 2, "strides": 2}"#,
            "1:13: filters: expected a whole number from 1 to 65536, found 0"
        ),
        (
            #"{"filters": 8, "kernel_size": 3, "a\nb\u001b[0m": 2}"#,
            "1:34: [\"a\\nb\\u001b[0m\"]: unknown key; "
                + "known: filters, kernel_size, strides, padding, dilation, activation, seed"
        ),
    ]

    @Test(arguments: optimizers)
    func `a wrong optimizer says what is wrong with it`(text: String, expected: String) {
        #expect(Self.problems(Adam.self, text) == expected)
    }

    static let optimizers: [(String, String)] = [
        ("{}", ""), (#"{"learning_rate": 1}"#, ""), (#"{"learning_rate": 1e-4, "clip": null}"#, ""),
        (#"{"learning_rate": 0}"#, "1:19: learning_rate: expected a number above 0, found 0"),
        (#"{"learning_rate": 0.0}"#, "1:19: learning_rate: expected a number above 0, found 0.0"),
        (#"{"learning_rate": -0.1}"#, "1:19: learning_rate: expected a number above 0, found -0.1"),
        (#"{"learning_rate": null}"#, "1:19: learning_rate: expected a number above 0, found null"),
        (#"{"learning_rate": "fast"}"#, "1:19: learning_rate: expected a number above 0, found the string \"fast\""),
        (#"{"betas": [0.9, 1]}"#, "1:17: betas[1]: expected a number of at least 0 and below 1, found 1"),
        (#"{"betas": [0.9]}"#, "1:11: betas: expected an array of 2, found 1"),
        (
            #"{"betas": 0.9}"#,
            "1:11: betas: expected an array of 2, each a number of at least 0 and below 1, found 0.9"
        ),
        (#"{"clip": 0}"#, "1:10: clip: expected a number above 0, found 0"),
        (#"{"learningRate": 0.1}"#, "1:2: learningRate: unknown key; did you mean \"learning_rate\"?"),
        (#"{"lr": 0.1}"#, "1:2: lr: unknown key; did you mean \"learning_rate\"?"),
    ]

    @Test(arguments: experiments)
    func `a wrong experiment says what is wrong at every depth`(text: String, expected: String) {
        #expect(Self.problems(Experiment.self, text) == expected)
    }

    static let experiments: [(String, String)] = [
        (#"{"name": "a", "layers": [{"type": "Dense", "units": 1}], "optimizer": "adam"}"#, ""),
        (#"{"name": "a", "optimizer": "SGD", "auxiliary": {"type": "Adam"}, "notes": [1, {"a": null}]}"#, ""),
        (#"{"name": 5}"#, "1:10: name: expected a string, found 5"),
        (
            #"{"name": "a", "layers": {}}"#,
            "1:25: layers: expected an array, each an object with a \"type\", found an object"
        ),
        (
            #"{"name": "a", "layers": ["Dense"]}"#,
            "1:26: layers[0]: expected an object with a \"type\", found the string \"Dense\""
        ),
        (
            #"{"name": "a", "layers": [{"units": 1}]}"#,
            "1:26: layers[0]: missing key \"type\"; known: Conv2D, Dense, Dropout, Residual"
        ),
        (#"{"name": "a", "layers": [{"type": 1}]}"#, "1:35: layers[0].type: expected a string, found 1"),
        (
            #"{"name": "a", "layers": [{"type": "dnse", "units": 1}]}"#,
            "1:35: layers[0].type: unknown layer \"dnse\"; "
                + "did you mean \"Dense\"?"
        ),
        (
            #"{"name": "a", "layers": [{"type": "LSTM", "units": 1}]}"#,
            "1:35: layers[0].type: unknown layer \"LSTM\"; known: Conv2D, Dense, Dropout, Residual"
        ),
        (
            #"{"name": "a", "layers": [{"type": "Residual", "layers": [{"type": "Dropout", "rate": 1}]}]}"#,
            "1:86: layers[0].layers[0].rate: expected a number of at least 0 and below 1, found 1"
        ),
        (
            #"{"name": "a", "layers": [{"type": "Residual", "layers": []}]}"#,
            "1:57: layers[0].layers: expected an array of at least 1, found 0"
        ),
        (
            #"{"name": "a", "optimizer": "adamm"}"#,
            "1:28: optimizer: unknown optimizer \"adamm\"; did you mean \"Adam\"?"
        ),
        (
            #"{"name": "a", "optimizer": null}"#,
            "1:28: optimizer: expected an object with a \"type\", or the type's name, found null"
        ),
    ]

    @Test func `five mistakes give five messages, in the order of the text`() {
        let text = """
            {
              "nane": "a",
              "layers": [
                { "type": "Conv2D", "filters": 0, "kernal_size": 3 },
                { "type": "Dnse" },
              ],
              "optimizer": { "type": "Adam", "learning_rate": "big" },
            }
            """
        #expect(
            Self.problems(Experiment.self, text) == """
                2:3: nane: unknown key; did you mean "name"?
                4:36: layers[0].filters: expected a whole number from 1 to 65536, found 0
                4:39: layers[0].kernal_size: unknown key; did you mean "kernel_size"?
                5:15: layers[1].type: unknown layer "Dnse"; did you mean "Dense"?
                7:51: optimizer.learning_rate: expected a number above 0, found the string "big"
                """)
    }

    @Test func `values that were built have a path and no position`() {
        #expect {
            try Dropout(from: ["rate": 2], path: .key("layer", of: .root))
        } throws: {
            ($0 as? Problems)?.rendered() == "layer.rate: expected a number of at least 0 and below 1, found 2"
        }
    }

    @Test(
        arguments: [
            (Interval<Int>.unlimited, ""), ((1...8).interval, "from 1 to 8"), ((2...2).interval, "2"),
            ((0..<9).interval, "of at least 0 and below 9"), ((3...).interval, "of at least 3"),
            ((...5).interval, "of at most 5"),
            (Interval.above(0), "above 0"),
        ] as [(Interval<Int>, String)])
    func `an interval is named in words`(interval: Interval<Int>, words: String) {
        #expect(Int.format(in: interval).expectation == (words.isEmpty ? "a whole number" : "a whole number \(words)"))
    }
}
