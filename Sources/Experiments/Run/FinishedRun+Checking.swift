import Datasets
import Foundation
import Reporting
import Schema

extension FinishedRun {
    /// Whether a config wants the same training with more epochs than the run has had. Throws for every other difference that
    /// decides the training, and where the run cannot go on because it kept no checkpoint.
    package func isToBeExtended(to wanted: ResolvedConfig) throws -> Bool {
        let saved = try savedConfig()
        let (epochs, more) = (saved.config.training.epochs, wanted.config.training.epochs)
        let misfit = ConfigMisfit(
            path, was: saved.json, is: wanted.json, canGrow: wanted.config.training.phases.isEmpty,
            remedy: "choose another --out")
        if let misfit { throw misfit }
        guard more > epochs else { return false }
        guard FileManager.default.fileExists(atPath: "\(path)/\(RunFile.checkpoint.rawValue)") else {
            let (count, first) = epochs == 1 ? ("1 epoch", "first") : ("\(epochs) epochs", "first \(epochs)")
            throw FinishedRunError(
                path,
                "this run is finished after \(count) and kept no checkpoint to go on from, as it does with "
                    + "train --keep-checkpoint; train all \(more) epochs into another --out, the \(first) of which "
                    + "will be the same")
        }
        return true
    }

    private func savedConfig() throws -> ResolvedConfig {
        do {
            return try ConfigDocument(reading: configPath).resolved()
        } catch let error as Problems {
            throw DamagedRun(path: path, faults: [error.rendered()])
        }
    }

    /// What the run's files say, held to the expectations of a config; throws a `DamagedRun` unless all of them are whole.
    package func results(judgedBy config: ExperimentConfig, library: DataLibrary) throws -> SavedResults {
        let reader = RunReader([path])
        var faults = reader.errors.map { ($0 as? Problems)?.rendered() ?? "\($0)" }
        do { _ = try network(config, library: library) } catch { faults.append("\(error)") }
        if let fault = faultOfConfusion() { faults.append(fault) }
        guard faults.isEmpty, let run = reader.runs.first else { throw DamagedRun(path: path, faults: faults) }
        let result = try JSON(parsing: readFile("\(path)/\(RunFile.result.rawValue)"))
        guard result["epochs_run"].flatMap({ try? Int(from: $0) }) == run.curves.epochs else {
            let fault = "\(path)/\(RunFile.curves.rawValue): has not as many rows as result.json has epochs"
            throw DamagedRun(path: path, faults: [displayable(fault)])
        }
        return SavedResults(run: run, document: result, expecting: try config.expect.readingBaselines())
    }

    private func faultOfConfusion() -> String? {
        let path = "\(path)/\(RunFile.confusion.rawValue)"
        do {
            _ = try CSV(parsing: String(decoding: readFile(path), as: UTF8.self))
            return nil
        } catch let problem as Problem {
            return problem.rendered(file: displayable(path))
        } catch {
            return "\(error)"
        }
    }
}

/// The results of a finished run as its files hold them, with expectations that are judged anew.
package struct SavedResults: Sendable {
    /// Those of the config that asks, which need not be the run's.
    package let expectations: [JudgedExpectation]
    private let run: SavedRun
    private let document: JSON

    init(run: SavedRun, document: JSON, expecting expected: Expectations) {
        self.run = run
        self.document = document
        let metrics = run.metrics
        expectations = expected.bounds.map { JudgedExpectation($0, value: metrics[$0.metric]) }
    }

    package var verdict: Verdict? { Verdict(expectations) }
    package var seconds: Double { run.seconds ?? 0 }

    /// The content of `result.json` with these expectations.
    package var json: JSON {
        var json = document
        json["expect"] = JSON(.array(expectations.map(\.json)))
        json["verdict"] = JSON(verdict?.rawValue)
        return json
    }

    /// For people, as the training itself ended.
    package var text: String {
        let test = run.test.map {
            RunResult.text(
                loss: $0.loss ?? .nan, accuracy: $0.accuracy, error: $0.accuracyError ?? .nan,
                count: document["test"]?["images"].flatMap { try? Int(from: $0) } ?? 0)
        }
        return (test ?? "") + expectations.map { $0.text + "\n" }.joined()
    }
}

/// A finished run with files that are missing or broken.
package struct DamagedRun: Error, Sendable, CustomStringConvertible {
    let path: String
    let faults: [String]

    /// A line for the run, and one for each fault.
    package var description: String {
        (["\(displayable(path)): this finished run is damaged; train it again into another --out"] + faults)
            .joined(separator: "\n")
    }
}
