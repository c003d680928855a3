import Reporting
import Schema

/// One run with everything that fits on a screen: what it is, how far it has come, its figures and its files.
package struct ShownRun: Sendable {
    private let listed: ListedRun
    private let run: SavedRun?
    private let expectations: [JudgedExpectation]
    private let files: [StoredFile]

    /// Reads a run's directory.
    package init(at path: String) {
        listed = ListedRun(at: path)
        run = RunReader([path]).runs.first
        files = storedFiles(in: path)
        let result = try? JSON(parsing: readFile(join(path, RunFile.result.rawValue)))
        expectations = (result?["expect"]?.elements ?? []).compactMap(JudgedExpectation.init)
    }

    /// What is wrong with its files.
    package var faults: [String] { listed.faults }

    /// For programs.
    package var json: JSON {
        var json = listed.json
        json["description"] = JSON(run?.config["description"]?.text)
        json["data"] = JSON(dataName)
        json["layers"] = JSON(layers)
        json["parameters"] = JSON(run?.parameters)
        json["seconds"] = JSON(run?.seconds)
        json["best_epoch"] = run?.curves.best.map(figures) ?? JSON(.null)
        json["last_epoch"] = run?.curves.last.map(figures) ?? JSON(.null)
        json["test"] =
            run?.test.map { ["loss": JSON($0.loss), "accuracy": JSON($0.accuracy)] } ?? JSON(.null)
        json["expect"] = JSON(.array(expectations.map(\.json)))
        json["verdict"] = JSON(run?.verdict)
        json["files"] = JSON(.array(files.map { ["name": JSON($0.name), "bytes": JSON($0.bytes)] }))
        return json
    }

    /// For people.
    package var text: String {
        let description = run?.config["description"]?.text.flatMap { $0.isEmpty ? nil : ": \($0)" } ?? ""
        let time = run?.seconds.map { " in \(duration($0))" } ?? ""
        var lines = [
            "\(listed.name ?? listed.path)\(description)",
            "directory      \(listed.path)",
            "state          \(listed.state), \(listed.done) of \(listed.planned.map(String.init) ?? "?") epochs\(time)",
        ]
        if let dataName { lines.append("data           \(dataName)") }
        if let layers, let parameters = run?.parameters {
            lines.append("model          \(layers) layers, \(grouped(parameters)) parameters")
        }
        if let best = run?.curves.best { lines.append("best           \(text(ofEpoch: best))") }
        if let last = run?.curves.last { lines.append("last           \(text(ofEpoch: last))") }
        if let test = run?.test {
            lines.append("test           loss \(test.loss.map(metric) ?? "–"), accuracy \(metric(test.accuracy))")
        }
        lines += expectations.map(\.text)
        lines += [
            "files          "
                + files.map { "\($0.name) (\(byteSize($0.bytes)))" }.joined(separator: ", ")
        ]
        return lines.map { displayable($0) + "\n" }.joined()
    }

    private var dataName: String? {
        let data = run?.config["dataset"]
        return data?["name"]?.text ?? data?["path"]?.text
    }

    /// As the config has them, blocks repeated.
    private var layers: Int? { run?.config["model"]?["layers"]?.elements?.count }

    private func figures(of epoch: Int) -> JSON {
        var json: JSON = ["epoch": JSON(epoch)]
        for (name, value) in run?.curves.figures(of: epoch) ?? [] { json[name] = JSON(value) }
        return json
    }

    private func text(ofEpoch epoch: Int) -> String {
        let figures = run?.curves.figures(of: epoch) ?? []
        return "epoch \(epoch + 1): " + figures.map { "\($0.name) \(metric($0.value))" }.joined(separator: ", ")
    }
}

extension SavedCurves {
    /// The epoch with the highest accuracy (on validation images if there are any); of equals, the one with the lowest loss.
    fileprivate var best: Int? {
        let series = decisive
        return series.accuracy.indices.max { a, b in
            (series.accuracy[a], -series.loss[a], -a) < (series.accuracy[b], -series.loss[b], -b)
        }
    }

    fileprivate var last: Int? { epochs > 0 ? epochs - 1 : nil }

    /// An epoch's figures by the names of `curves.csv`.
    fileprivate func figures(of epoch: Int) -> [(name: String, value: Double)] {
        let own = [("loss", training.loss[epoch]), ("accuracy", training.accuracy[epoch])]
        guard let validation else { return own }
        return own + [("val_loss", validation.loss[epoch]), ("val_accuracy", validation.accuracy[epoch])]
    }
}
