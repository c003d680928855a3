import Datasets
import Foundation
import Reporting
import Schema

/// Reads run directories for a comparison, and collects what is wrong with them: a broken file costs its own figures only.
package struct RunReader {
    /// What could be read, in the order given; a sweep's trials stand in its place.
    package private(set) var runs: [SavedRun] = []

    /// Those of the directories that are a sweep's, with their finished trials.
    package internal(set) var sweeps: [SavedSweep] = []

    /// What could not: a `Problems` or `FileError` for each file.
    package private(set) var errors: [any Error] = []

    /// Reads all the directories, each a run's or a sweep's.
    package init(_ directories: [String]) {
        for directory in directories {
            if Self.isSweep(directory) {
                readSweep(directory)
            } else {
                readRun(in: directory)
            }
        }
    }

    /// Whether a directory is a sweep's, and neither a run's nor one that happens to hold a config called `sweep.json`.
    package static func isSweep(_ directory: String) -> Bool {
        FileManager.default.fileExists(atPath: join(directory, SweepFile.record.rawValue))
            && isFolder(join(directory, "trials"))
    }

    /// Whether a directory is a run's, and not one that happens to hold a config called `config.json`.
    static func isRun(_ directory: String) -> Bool {
        exists(directory, .config) && RunFile.allCases.contains { $0 != .config && exists(directory, $0) }
    }

    /// Takes a run among the others, and gives it back for its sweep; nil where it could not be read.
    @discardableResult
    mutating func readRun(in directory: String) -> SavedRun? {
        let run = run(in: directory)
        if let run { runs.append(run) }
        return run
    }

    /// Takes a mistake among the others.
    mutating func note(_ error: any Error) { errors.append(error) }

    private mutating func run(in directory: String) -> SavedRun? {
        guard exists(directory, .config) else {
            errors.append(whyNoRun(directory))
            return nil
        }
        guard var config = document(directory, .config) else { return nil }
        var run = SavedRun(directory: directory, config: config.root)
        run.plannedEpochs = config.value(["training", "epochs"], as: Int.format)
        note(config.problems, directory, .config)
        run.parameters = figure(
            ["parameters", "total"], of: directory, .summary, as: Int.format(in: 0...ReportedRow.mostParameters))
        if exists(directory, .result) {
            readResult(of: &run)
            run.seconds = figure(["seconds"], of: directory, .provenance, as: Double.format)
        } else if exists(directory, .timings) {
            let seconds = table(directory, .timings) { table throws(Problem) in try table.numbers(in: "seconds") } ?? []
            run.seconds = seconds.isEmpty ? nil : seconds.reduce(0, +)
        }
        // An unfinished run may not have come to its first row yet.
        if run.state != .unfinished || exists(directory, .curves) {
            run.curves = table(directory, .curves) { table throws(Problem) in try SavedCurves(table) } ?? SavedCurves()
        }
        return run
    }

    private mutating func readResult(of run: inout SavedRun) {
        run.state = .finished
        guard var result = document(run.directory, .result) else { return }
        if result.value(["stopped_early"], as: Bool.format) == true { run.state = .stoppedEarly }
        run.verdict = result.value(["verdict"], as: String.format.orNull) ?? nil
        let loss = result.value(["test", "loss"], as: Double.format.orNull)
        let accuracy = result.value(["test", "accuracy"], as: Double.format)
        let error = result.value(["test", "accuracy_standard_error"], as: Double.format.orNull)
        run.test = accuracy.map { TestFigures(loss: loss ?? nil, accuracy: $0, accuracyError: error ?? nil) }
        note(result.problems, run.directory, .result)
    }
}

// Files, each of which may be missing or broken.
extension RunReader {
    private mutating func figure<Value>(
        _ keys: [String], of directory: String, _ file: RunFile, as format: Format<Value>
    ) -> Value? {
        guard var reader = document(directory, file) else { return nil }
        let value = reader.value(keys, as: format)
        note(reader.problems, directory, file)
        return value
    }

    private mutating func document(_ directory: String, _ file: RunFile) -> DocumentReader? {
        guard let bytes = bytes(directory, file) else { return nil }
        do {
            return DocumentReader(try JSON(parsing: bytes))
        } catch {
            note(error, directory, file)
            return nil
        }
    }

    private mutating func table<Value>(
        _ directory: String, _ file: RunFile, _ read: (CSV) throws(Problem) -> Value
    ) -> Value? {
        guard let bytes = bytes(directory, file) else { return nil }
        do {
            return try read(CSV(parsing: String(decoding: bytes, as: UTF8.self)))
        } catch {
            note(Problems([error]), directory, file)
            return nil
        }
    }

    private mutating func bytes(_ directory: String, _ file: RunFile) -> [UInt8]? {
        guard exists(directory, file) else {
            note(Problems([Problem("this file of the run is missing")]), directory, file)
            return nil
        }
        do {
            return try readFile(path(directory, file))
        } catch {
            errors.append(error)
            return nil
        }
    }

    private mutating func note(_ problems: Problems, _ directory: String, _ file: RunFile) {
        guard !problems.isEmpty else { return }
        var noted = Problems()
        noted.file = path(directory, file)
        for var problem in problems.list {
            let config = shellQuoted(path(directory, .config))
            let again = "train again for a whole one: mnist-lab train \(config)"
            problem.remedy = problem.remedy ?? (file == .config ? "leave the run out, or train it again" : again)
            noted.append(problem)
        }
        errors.append(noted)
    }
}

private func path(_ directory: String, _ file: RunFile) -> String { join(directory, file.rawValue) }

/// What lies in a directory, which the user may have written with a slash at its end.
func join(_ directory: String, _ name: String) -> String {
    directory.hasSuffix("/") ? directory + name : "\(directory)/\(name)"
}

/// Whether a run has a file.
func exists(_ directory: String, _ file: RunFile) -> Bool {
    FileManager.default.fileExists(atPath: path(directory, file))
}

/// The visible directories within one, by name.
func folders(in directory: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    let paths = names.filter { !$0.hasPrefix(".") }.sorted().map { "\(directory)/\($0)" }
    return paths.filter(isFolder)
}

private func whyNoRun(_ directory: String) -> Problems {
    var problems = Problems()
    problems.file = displayable(directory)
    let parts = folders(in: directory).filter { exists($0, .config) }
    if !FileManager.default.fileExists(atPath: directory) {
        problems.append(Problem("there is no such directory", remedy: "check its name"))
    } else if !isFolder(directory) {
        problems.append(Problem("this is a file, not a run directory", remedy: "give the directory it lies in"))
    } else if !parts.isEmpty {
        problems.append(Problem("this is no run directory but holds \(parts.count)", remedy: "give those"))
    } else {
        problems.append(
            Problem(
                "this is no run directory, for it has no \(RunFile.config.rawValue)",
                remedy: "give a directory that mnist-lab train has written"))
    }
    return problems
}
