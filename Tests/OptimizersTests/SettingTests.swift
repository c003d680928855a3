import Optimizers
import Schema
import Testing

@Suite struct SettingTests {
    @Test(arguments: [
        (
            "sgd",
            """
            {"type":"SGD","learning_rate":0.01,"momentum":0.0,"nesterov":false,"weight_decay":null,"clipnorm":null,\
            "clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "adam",
            """
            {"type":"Adam","learning_rate":0.001,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07,"amsgrad":false,\
            "weight_decay":null,"clipnorm":null,"clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "AdamW",
            """
            {"type":"AdamW","learning_rate":0.001,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07,"amsgrad":false,\
            "weight_decay":0.004,"clipnorm":null,"clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "nadam",
            """
            {"type":"Nadam","learning_rate":0.001,"beta_1":0.9,"beta_2":0.999,"epsilon":1e-07,"weight_decay":null,\
            "clipnorm":null,"clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "rmsprop",
            """
            {"type":"RMSprop","learning_rate":0.001,"rho":0.9,"momentum":0.0,"epsilon":1e-07,"centered":false,\
            "weight_decay":null,"clipnorm":null,"clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "adagrad",
            """
            {"type":"Adagrad","learning_rate":0.001,"initial_accumulator_value":0.1,"epsilon":1e-07,\
            "weight_decay":null,"clipnorm":null,"clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
        (
            "adadelta",
            """
            {"type":"Adadelta","learning_rate":0.001,"rho":0.95,"epsilon":1e-07,"weight_decay":null,"clipnorm":null,\
            "clipvalue":null,"global_clipnorm":null,\
            "use_ema":false,"ema_momentum":0.99,"gradient_accumulation_steps":null}
            """
        ),
    ])
    func `names stand for Keras's defaults`(name: String, resolved: String) throws {
        let format = Format<any Optimizer>.optimizer
        #expect(format.write(try format.value(from: JSON(name))) == (try JSON(parsing: resolved)))
    }

    @Test(arguments: Figures.optimizers)
    func `what was read and written reads the same again`(figures: Figures.OptimizerCase) throws {
        let format = Format<any Optimizer>.optimizer
        let written = format.write(try format.value(from: figures.description))
        #expect(format.write(try format.value(from: written)) == written)
        for member in figures.description.members ?? [] where member.key != "learning_rate" {
            #expect(written[member.key] == member.value)
        }
    }

    @Test func `editors are told what may be said, warm-ups of warm-ups too`() {
        let parts = AdamW.jsonSchema["$defs"]?.members?.map(\.key) ?? []
        #expect(Set(parts).isSuperset(of: ["schedule.CosineDecay", "schedule.LinearWarmup", "schedule.OneCycle"]))
        let keys = AdamW.jsonSchema["properties"]?.members?.map(\.key) ?? []
        #expect(keys.first == "learning_rate" && keys.contains("clipnorm"))
    }

    @Test(arguments: [
        (
            #"{"type": "SGD", "clipnorm": 1, "clipvalue": 2}"#,
            "clipvalue: clipnorm and clipvalue exclude each other; leave one out"
        ),
        (#"{"type": "Adam", "learning_rate": -1}"#, "learning_rate: expected a number of at least 0, found -1"),
        (#"{"type": "Adam", "beta_2": 1}"#, "beta_2: expected a number of at least 0 and below 1, found 1"),
        (
            #"{"type": "Adam", "learning_rate": "fast"}"#,
            """
            learning_rate: expected a number of at least 0, or a schedule: an object with a "type", found the string "fast"
            """
        ),
        (
            #"{"type": "SGD", "learning_rate": {"type": "PiecewiseConstantDecay", "boundaries": [3, 3], "values": [1]}}"#,
            """
            learning_rate.values: found 1 values; 2 boundaries separate 3 values
            learning_rate.boundaries: the boundaries do not rise
            """
        ),
        (
            """
            {"type": "SGD", "learning_rate":
            {"type": "CosineDecay", "initial_learning_rate": 1, "decay_steps": 10, "warmup_steps": 5}}
            """,
            #"learning_rate.warmup_steps: a warm-up without a target; set "warmup_target" too"#
        ),
    ])
    func `what does not go together is said`(settings: String, messages: String) throws {
        let problems = #expect(throws: Problems.self) {
            try Format<any Optimizer>.optimizer.value(from: JSON(parsing: settings))
        }
        let lines = problems?.list.map { problem in
            "\(problem.path): \(problem.message)" + (problem.remedy.map { "; \($0)" } ?? "")
        }
        #expect(Set(lines ?? []) == Set(messages.split(separator: "\n").map(String.init)))
    }
}
