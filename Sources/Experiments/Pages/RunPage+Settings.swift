import Reporting
import Schema

// What was trained, on what and how, and how to do it again.
extension RunPage {
    var model: PageSection? {
        let summary = run.summary
        let parameters = summary.parameterCount
        let isWhole = summary.trainableCount == parameters
        let trainable = isWhole ? "all of them" : "\(grouped(summary.trainableCount)) of them"
        let counts: HTML = """
            \(grouped(parameters)) parameters, \(trainable) trainable. An image of \
            \(summary.inputShape.description) takes \(scaled(Double(summary.forwardFlops), unit: "FLOP")) to be \
            classified and \(scaled(Double(summary.trainingFlops), unit: "FLOP")) to be learned from. \
            How long that took is in <code>timings.csv</code>.
            """
        return PageSection(
            "model", "Model",
            [
                .paragraph(counts),
                .beside([
                    .table(PageTable("Layers", summary.table(expanded: false))), .table(summary.memory.pageTable),
                ]),
            ])
    }

    var training: PageSection? {
        let data = run.data
        let shape = "\(data.training.height) × \(data.training.width) × \(data.training.channels)"
        let validation = data.validation.map { "\(grouped($0.images.count)) for validation, " } ?? ""
        let set: [(term: String, meaning: HTML)] = [
            ("data set", HTML(data.name)),
            (
                "images",
                "\(grouped(data.learned.count)) for training, \(validation)\(grouped(data.test.count)) for test"
            ),
            ("an image", "\(shape), one of \(grouped(data.training.classes)) classes"),
        ]
        let settings = (run.resolved["training"]?.members ?? []).filter { !$0.value.saysNothing }
            .map { (term: $0.key.replacing("_", with: " "), meaning: HTML($0.value.described)) }
        let seed: [(term: String, meaning: HTML)] = [("seed", HTML("\(run.config.seed)"))]
        return PageSection("training", "Data and training", [.definitions(set + settings + seed)])
    }

    var repetition: PageSection? {
        let config = run.resolved.pretty
        let lines = config.split(separator: "\n").count
        return PageSection(
            "repeat", "How to repeat it",
            [
                .paragraph(
                    """
                    In the run's directory, with any number of threads; all files but <code>timings.csv</code> and \
                    <code>run.json</code> come out as the same bytes. <code>run.json</code> has the version of \
                    mnist-lab and the checksums of the data.
                    """),
                .preformatted(
                    """
                    mnist-lab train config.json --out ../again   # the same training once more
                    mnist-lab compare . ../again                 # side by side
                    mnist-lab evaluate .                         # the saved weights on the test images
                    mnist-lab predict . IMAGE.png                # what the model sees in an image
                    """, name: "Commands"),
                .folded(
                    "The whole config with every default (\(grouped(lines)) lines)",
                    [.preformatted(config, name: "config.json")]),
            ])
    }
}

extension JSON {
    /// Whether a setting is as if it were left out.
    var saysNothing: Bool { isNull || elements?.isEmpty == true || members?.isEmpty == true }
}

extension JSON {
    /// A setting with everything that it says: `Adam: learning_rate 0.001, beta_1 0.9`.
    fileprivate var described: String {
        if let elements { return elements.map(\.described).joined(separator: "; ") }
        guard let members, let type = self["type"]?.text else { return brief(self) }
        let said = members.filter { $0.key != "type" && !$0.value.saysNothing }.map { "\($0.key) \(brief($0.value))" }
        return said.isEmpty ? type : "\(type): \(said.joined(separator: ", "))"
    }
}

extension MemoryUse {
    fileprivate var pageTable: PageTable {
        let all = [
            ("parameters", parameters), ("gradients", gradients), ("optimizer", optimizer),
            ("activations", activations), ("kept features", features), ("training, at most", trainingPeak),
            ("inference, at most", inferencePeak),
        ]
        return PageTable(
            "Memory", ["purpose", .right("size")],
            rows: all.filter { $0.0 != "kept features" || $0.1 > 0 }.map { name, bytes in
                [.init(name), .init(byteSize(bytes), rank: Double(bytes))]
            }, isSortable: false)
    }
}
