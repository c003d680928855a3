import Experiments
import Schema
import Testing

@Suite struct OverrideTests {
    static let text = """
        {
          "name": "a",
          "let": { "hidden": [512] },
          "dataset": { "name": "mnist", "validation": null },
          "model": { "layers": [{ "type": "Flatten" }, { "type": "Dense", "units": 10 }] },
          "training": { "optimizer": "adam" }
        }
        """

    @Test(arguments: [
        (#"{ "name": "mnist" }"#, "dataset.path=a", "--set dataset.path=a: ", "add --set dataset.name=null"),
        (#"{ "path": "a" }"#, "dataset.name=mnist", "c.json:3:22: ", "add --set dataset.path=null"),
    ])
    func `an option that names other data than the config says how the config's are left out`(
        dataset: String, override: String, place: String, remedy: String
    ) {
        #expect(
            messages(ConfigText("dataset", dataset).text, set: [override])
                == "\(place)dataset.path: name and path exclude each other; \(remedy)")
    }

    @Test(arguments: [
        ("training.batch_size=64", "training.batch_size", "64"),
        ("seed=7", "seed", "7"),
        ("model.layers[1].units=5", "model.layers[1].units", "5"),
        ("name=b", "name", #""b""#),
        (#"name="b c""#, "name", #""b c""#),
        ("name=b c", "name", #""b c""#),
        ("name=a=b", "name", #""a=b""#),
        ("description=", "description", #""""#),
        ("dataset.validation.fraction=0.2", "dataset.validation", #"{"fraction":0.2,"from":"end"}"#),
        ("dataset.train_limit=null", "dataset.train_limit", "null"),
        ("training.optimizer=SGD", "training.optimizer.type", #""SGD""#),
        ("training.optimizer.learning_rate=0.5", "training.optimizer.learning_rate", "0.5"),
        ("training.optimizer.learning_rate=0.5", "training.optimizer.type", #""Adam""#),
        (#"training["epochs"]=9"#, "training.epochs", "9"),
        ("training.epochs=$hidden[0]", "training.epochs", "512"),
        ("expect.test_accuracy.min=0.5", "expect.test_accuracy.min", "0.5"),
    ])
    func `an override changes one value`(override: String, path: String, value: String) throws {
        var resolved: JSON? = try LanguageTests.resolve(Self.text, set: [override])
        for step in path.split(separator: ".") {
            let parts = step.split(separator: "[")
            resolved = resolved?[String(parts[0])]
            if parts.count > 1, let index = Int(parts[1].dropLast()) { resolved = resolved?[index] }
        }
        #expect(resolved?.compact == value)
    }

    @Test func `of two overrides of one value the later counts`() throws {
        let resolved = try LanguageTests.resolve(
            Self.text, set: ["training={}", "seed=1", "seed=2", "training.epochs=4"])
        #expect(resolved["seed"] == 2)
        #expect(resolved["training"]?["epochs"] == 4)
        #expect(resolved["training"]?["optimizer"]?["type"] == "RMSprop")
    }

    @Test func `a shorthand's fault is named as it was typed`() throws {
        let document = ConfigDocument(Array(Self.text.utf8), file: "c.json")
        let override = try #require(Override("training.epochs", -3, source: "--epochs -3"))
        let problems = #expect(throws: Problems.self) { try document.resolved(with: [override]) }
        #expect(
            problems?.rendered()
                == "--epochs -3: training.epochs: expected a whole number from 0 to 1000000, found -3")
    }

    @Test func `what terminals would obey is not shown`() {
        #expect(!messages(Self.text, set: ["seed=\u{1B}[2J"]).contains("\u{1B}"))
        #expect(messages(Self.text, set: ["seed=" + String(repeating: "x", count: 5000)]).count < 400)
    }
}
