import Experiments
import Foundation
import Layers
import Optimizers
import Schema
import Testing
import Training

@Suite struct ConfigSchemaTests {
    static let checker = SchemaChecker(root: ExperimentConfig.documentSchema)

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "configs")

    /// Every config that comes with the tool.
    static let configs: [String] = {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".json") }.sorted()
    }()

    @Test(arguments: configs)
    func `configs that come with the tool are right, by the reader and by the schema`(name: String) throws {
        let file = Self.folder.appending(path: name)
        let document = try ConfigDocument(reading: file.path)
        let resolved = try document.resolved()
        #expect(Self.checker.allows(try #require(document.json)))
        #expect(Self.checker.allows(resolved.json))
        #expect(resolved.config.name == file.deletingPathExtension().lastPathComponent)
    }

    @Test func `there are some`() {
        #expect(Self.configs.count >= 2)
    }

    @Test func `what the language can say is allowed`() throws {
        #expect(Self.checker.allows(try JSON(parsing: ResolvedConfigTests.text)))
        for (model, variables, _) in LanguageTests.blocks {
            let text = #"{ "name": "$n", "dataset": "$d", "let": \#(variables), "model": { "layers": \#(model) } }"#
            #expect(Self.checker.allows(try JSON(parsing: text)), "\(text)")
        }
    }

    /// A schema knows no variables' values, no paths and nothing of two keys at once: it may allow what the reader
    /// does not, but must refuse plain mistakes.
    @Test func `most of what the reader refuses the schema refuses`() throws {
        let documents = BadConfigTests.cases.filter(\.overrides.isEmpty).compactMap { try? JSON(parsing: $0.text) }
        let refused = documents.count { !Self.checker.allows($0) }
        #expect(documents.count > 200 && 2 * refused > documents.count, "\(refused) of \(documents.count)")
    }

    @Test(arguments: [
        ("training", #"{ "epochs": -1 }"#), ("training", #"{ "epoch": 1 }"#), ("seed", "1.5"), ("seed", #""1""#),
        ("model", #"{ "layers": [{ "type": "Dnse", "units": 1 }] }"#), ("name", #""a/b""#),
        ("model", #"{ "layers": [{ "for_each": 3, "layers": [] }] }"#), ("let", #"{ "a-b": 1 }"#),
        ("training", #"{ "callbacks": [{ "type": "EarlyStopping", "monitor": "val_acc" }] }"#),
        ("dataset", #"{ "name": "mnist", "validation": { "fraction": 0 } }"#),
        ("expect", #"{ "test_acc": { "min": 1 } }"#),
    ])
    func `plain mistakes are refused by the schema`(key: String, value: String) throws {
        #expect(!Self.checker.allows(try JSON(parsing: ConfigText(key, value).text)))
    }

    @Test func `every reference in the schema leads somewhere`() {
        func references(in json: JSON) -> [String] {
            (json["$ref"]?.text).map { [$0] } ?? []
                + (json.members ?? []).flatMap { references(in: $0.value) }
                + (json.elements ?? []).flatMap { references(in: $0) }
        }
        let parts = Set((Self.checker.root["$defs"]?.members ?? []).map { "#/$defs/\($0.key)" })
        #expect(parts.count > 40)
        #expect(Set(references(in: Self.checker.root)).isSubset(of: parts))
    }

    @Test func `the reference names every key of every layer, optimizer, schedule and callback`() throws {
        let text = ExperimentConfig.documentReference()
        let types = [Format.layers.types, Format.optimizers.types, Format.schedules.types, Format.callbacks.types]
        for type in types.joined() {
            let start = try #require(text.range(of: "\n### \(type.name)\n"), "\(type.name)").upperBound
            let section = text[start...].prefix { $0 != "#" }
            for key in type.keyReferences { #expect(section.contains("| `\(key.name)` |"), "\(type.name).\(key.name)") }
        }
        for word in [
            "`batch_size`", "`initial_weights`", "`label_smoothing`", "`stddev`", "`best_val_accuracy`", "for_each",
        ] {
            #expect(text.contains(word), "\(word)")
        }
        #expect(!text.contains("\n\n\n"))
    }
}
