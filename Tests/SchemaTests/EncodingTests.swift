import Schema
import Testing

@Suite struct EncodingTests {
    static let text = """
        {
          "name": "a",
          "layers": [
            { "type": "Conv2D", "filters": 8, "kernel_size": [3, 3] },
            { "type": "Residual", "layers": [{ "type": "Dense", "units": 2 }] },
          ],
          "optimizer": "adam",
        }
        """

    @Test func `what is written has every default, in the order of the fields`() throws {
        let experiment = try Experiment(from: JSON(parsing: Self.text))
        #expect(
            experiment.json.pretty == """
                {
                  "name": "a",
                  "layers": [
                    {
                      "type": "Conv2D",
                      "filters": 8,
                      "kernel_size": 3,
                      "strides": 1,
                      "padding": "valid",
                      "dilation": 1,
                      "activation": "linear",
                      "seed": null
                    },
                    {
                      "type": "Residual",
                      "layers": [
                        {
                          "type": "Dense",
                          "units": 2,
                          "use_bias": true
                        }
                      ]
                    }
                  ],
                  "optimizer": {
                    "type": "Adam",
                    "learning_rate": 0.001,
                    "betas": [0.9, 0.999],
                    "clip": null
                  },
                  "auxiliary": null,
                  "notes": null
                }

                """)
    }

    @Test func `what is written reads back as itself`() throws {
        let once = try Experiment(from: JSON(parsing: Self.text)).json
        let twice = try Experiment(from: JSON(parsing: once.pretty)).json
        #expect(once == twice)
    }

    @Test func `members of a family do what their protocol says`() throws {
        let experiment = try Experiment(from: JSON(parsing: Self.text))
        #expect(experiment.layers.map(\.label) == ["conv2d", "residual"])
        #expect(experiment.optimizer is Adam)
    }
}
