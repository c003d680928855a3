import Schema
import Testing

@Suite struct DocumentationTests {
    @Test func `the reference is a table of keys`() {
        #expect(
            Adam.reference() == """
                ### Adam

                Adaptive moments.

                | key | value | default | meaning |
                |---|---|---|---|
                | `learning_rate` | a number above 0 | `0.001` | the size of a step |
                | `betas` | an array of 2, each a number of at least 0 and below 1 | `[0.9,0.999]` | the decay \\| of moments |
                | `clip` | a number above 0 or null | `null` | the largest gradient |

                """)
    }

    @Test func `the reference of a family has a section for each type`() {
        let text = Format.layers.reference(level: 2)
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("## ") }.count == 4)
        #expect(text.contains("| `filters` | a whole number from 1 to 65536 | required | how many feature maps |"))
    }

    @Test func `defaults that have a type are shown by its name`() {
        #expect(
            Experiment.reference().contains("| `optimizer` | an object with a \"type\", or the type's name | `Adam` |"))
    }

    @Test func `the JSON Schema of a type says all that its fields say`() throws {
        let expected: JSON = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Conv2D",
            "description": "Slides small filters over an image.",
            "type": "object",
            "properties": [
                "filters": [
                    "type": "integer", "minimum": 1, "maximum": 65_536, "description": "how many feature maps",
                ],
                "kernel_size": [
                    "anyOf": [
                        ["type": "integer", "minimum": 1, "maximum": 1024],
                        [
                            "type": "array", "items": ["type": "integer", "minimum": 1, "maximum": 1024],
                            "minItems": 2, "maxItems": 2,
                        ],
                    ],
                    "description": "the filter's height and width",
                ],
                "strides": [
                    "anyOf": [
                        ["type": "integer", "minimum": 1],
                        ["type": "array", "items": ["type": "integer", "minimum": 1], "minItems": 2, "maxItems": 2],
                    ],
                    "description": "the step between neighbouring outputs", "default": 1,
                ],
                "padding": [
                    "enum": ["valid", "same"], "description": "whether zeros surround the image", "default": "valid",
                ],
                "dilation": [
                    "type": "integer", "minimum": 1, "description": "the step within a filter", "default": 1,
                ],
                "activation": [
                    "enum": ["linear", "relu", "tanh"], "description": "what is applied to the sum",
                    "default": "linear",
                ],
                "seed": [
                    "anyOf": [["type": "integer", "minimum": 0], ["type": "null"]],
                    "description": "for the first weights", "default": nil,
                ],
            ],
            "required": ["filters", "kernel_size"],
            "additionalProperties": false,
            "$defs": [:],
        ]
        #expect(Conv2D.jsonSchema == expected)
    }

    @Test func `a family that contains itself has a finite JSON Schema`() throws {
        let schema = Experiment.jsonSchema
        let parts = try #require(schema["$defs"])
        #expect(schema["properties"]?["layers"]?["items"] == ["$ref": "#/$defs/layer"])
        #expect(parts["layer"]?["oneOf"]?[3] == ["$ref": "#/$defs/layer.Residual"])
        #expect(parts["layer.Residual"]?["properties"]?["layers"]?["items"] == ["$ref": "#/$defs/layer"])
        #expect(parts["layer.Residual"]?["properties"]?["type"] == ["const": "Residual"])
        #expect(parts["layer.Residual"]?["required"] == ["type", "layers"])
        #expect(parts["optimizer"]?["oneOf"]?[0] == ["enum": ["Adam", "adam", "SGD", "sgd"]])
    }

    /// Every reference leads somewhere, and every default is allowed where it stands.
    @Test func `every reference in a JSON Schema is defined`() throws {
        let schema = Experiment.jsonSchema
        let defined = Set(try #require(schema["$defs"]?.members).map { "#/$defs/\($0.key)" })
        func references(in json: JSON) -> [String] {
            (json["$ref"]?.text).map { [$0] } ?? []
                + (json.members ?? []).flatMap { references(in: $0.value) }
                + (json.elements ?? []).flatMap { references(in: $0) }
        }
        let used = references(in: schema)
        #expect(used.count > 5)
        #expect(Set(used).isSubset(of: defined))
    }
}
