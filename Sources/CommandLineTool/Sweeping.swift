import Datasets
import Experiments
import Foundation
import Machine
import Reporting
import Schema

/// One call of `sweep`, step by step.
struct Sweeping {
    let call: Call
    let path: String
    let plan: SweepPlan
    let out: String?
    let shard: Shard?
    let shares: Shares
    /// Whether others train the sweep too, and see to its tables.
    let joins: Bool
    /// In seconds.
    let lease: Int
    let failsFast: Bool

    var directoryPath: String { out ?? "runs/\(plan.base.config.name)" }

    /// Runs the remaining trials, then makes the tables.
    func run() throws -> ExitCode {
        if shard != nil, plan.settings.halving != nil {
            throw call.misuse(
                "--shard: halving decides among all trials, so no part of them can run for itself",
                remedy: "start several processes on one --out; they share the trials")
        }
        if shard != nil, plan.settings.until != nil {
            throw call.misuse(
                "--shard: whether a repeat is needed is decided by those before it, which may be another part's",
                remedy: "start several processes on one --out; they share the trials")
        }
        // A job may be told to end at any time, even before it trains.
        if joins { StopSignals.listen() }
        let library = call.library(for: path)
        let costs = try plan.costs(library: library)
        warnOfMemory(costs)
        // What the trials are held to should be there before they are trained.
        _ = try plan.base.config.expect.readingBaselines()
        call.warn(plan.base.config.doubts)
        call.warn(plan.idleHalving)
        let data = SharedData(library: library)
        var plan = plan
        try plan.identify(by: data)
        let directory = try SweepDirectory(path: directoryPath)
        let record = SweepRecord(plan)
        if joins { try directory.join(record) } else { announce(try directory.take(record)) }
        let hasTensorBoard = try declareForTensorBoard(record, in: directory)

        if !joins { StopSignals.listen() }
        defer { StopSignals.stopListening() }
        let progress = SweepProgress(
            call.progressBlock, style: call.console.messageStyle, tellsEpochs: joins)
        let runner = try SweepRunner(
            plan, costs: costs, in: directory, data: data,
            options: options(hasTensorBoard: hasTensorBoard), observer: progress)
        let isThrough = runner.run { StopSignals.exitCode != nil }
        progress.end()
        if let obstacle = runner.obstacle { throw SweepObstacle(description: obstacle) }
        if joins { return endOfShare(runner, isThrough: isThrough) }
        let results = try Self.tables(of: record, in: directory, for: call)
        guard isThrough else {
            try call.write(JUnitReport(results, shard: shard, isStopped: true))
            return stopped()
        }
        return try Self.report(results, in: directory.path, shard: shard, for: call)
    }

    /// Whether trials write events, and if so, what all of them have in common; a sweep that began with it goes on with it.
    private func declareForTensorBoard(_ record: SweepRecord, in directory: SweepDirectory) throws -> Bool {
        let folder = "\(directory.path)/\(RunFile.tensorBoard.rawValue)"
        guard call[Common.tensorBoard] || FileManager.default.fileExists(atPath: folder) else { return false }
        try directory.alone { try record.declareForTensorBoard(in: folder) }
        return true
    }

    private func options(hasTensorBoard: Bool) -> SweepRunner.Options {
        SweepRunner.Options(
            shares: shares, shard: shard, failsFast: failsFast,
            leavesRestToOthers: joins && plan.settings.halving == nil, retriesFailures: !joins,
            claims: Claims(lease: Double(lease)), hasPictures: !call[Common.noPictures],
            hasTensorBoard: hasTensorBoard, version: call.tool.version, command: CommandLine.arguments)
    }

    /// How a process ends that has taken part in a sweep; what came of the sweep is for others to say.
    private func endOfShare(_ runner: SweepRunner, isThrough: Bool) -> ExitCode {
        guard isThrough else { return stopped() }
        if !call[Common.quiet] {
            let collecting = "\(call.tool.name) sweep --collect \(shellQuoted(directoryPath))"
            call.console.say("nothing is left to begin; the tables: \(collecting)")
        }
        return runner.hasFailed ? .failure : .success
    }

    private func stopped() -> ExitCode {
        guard path != "-" else {
            call.console.say("stopped; the same command goes on, given the same config")
            return StopSignals.exitCode ?? .interrupted
        }
        let part = shard.map { ["--shard", "\($0)"] } ?? []
        let others = ["--out", directoryPath] + part + (joins ? ["--join"] : [])
        call.console.say("stopped; go on with: \(call.commandLine("sweep", path, others))")
        return StopSignals.exitCode ?? .interrupted
    }

    /// Makes the tables from whatever trials exist.
    static func collect(_ path: String, for call: Call) throws -> ExitCode {
        guard FileManager.default.fileExists(atPath: "\(path)/\(SweepFile.record.rawValue)") else {
            throw SweepMissing(path: path)
        }
        let record = try SweepRecord(in: path)
        let directory = try SweepDirectory(path: path)
        return try report(tables(of: record, in: directory, for: call), in: path, shard: nil, for: call)
    }

    /// Makes the tables. Where a run is missing that a verdict needs there are tables, too, before the error.
    private static func tables(
        of record: SweepRecord, in directory: SweepDirectory, for call: Call
    ) throws -> SweepResults {
        try directory.alone {
            let found = try SweepResults(record, in: directory)
            let judged = Result { try found.readingBaselines() }
            try ((try? judged.get()) ?? found).write(in: directory, withPictures: !call[Common.noPictures])
            return try judged.get()
        }
    }

    private static func report(
        _ results: SweepResults, in path: String, shard: Shard?, for call: Call
    ) throws -> ExitCode {
        try call.write(JUnitReport(results, shard: shard))
        let rows = results.rows.enumerated().filter { shard?.contains($0.offset) ?? true }.map(\.element)
        let width = call.console.tableWidth
        let text = shard.map { results.text(width: width, shard: $0) } ?? results.text(width: width)
        call.print(
            json: results.json(in: path),
            text: folded(text + "results in \(displayable(path))\n", to: call.console.tableWidth))
        for row in rows {
            guard case .failed(let reason) = row.standing else { continue }
            call.console.say(
                "\(call.console.messageStyle.red("failed:")) \(displayable("\(row.trial.name): \(reason)"))")
        }
        if rows.contains(where: { if case .failed = $0.standing { true } else { false } }) { return .failure }
        if shard == nil, !results.isComplete, !results.config.expect.bounds.isEmpty {
            call.console.say("not decided: what the config expects is judged when all trials are finished")
            return .undecided
        }
        return results.verdict.exitCode
    }

    /// Says that fewer trials run at a time than were asked for.
    private func warnOfMemory(_ costs: [TrialCost]) {
        let room = shares.room(for: costs)
        guard let jobs = shares.jobs, room < min(jobs, costs.count) else { return }
        let given = Given.toThisProcess.memory.words(byteSize)
        let message = "--jobs \(jobs): there is memory for \(room) of the first trials at a time, of \(given)"
        call.warn(Problems([Problem(message, remedy: "others wait until it is free")]))
    }

    private func announce(_ away: Int) {
        guard !call[Common.quiet], call[Common.progress] != .never else { return }
        let count = plan.trials.enumerated().count { shard?.contains($0.offset) ?? true }
        let part = count == plan.trials.count ? "" : " of \(grouped(plan.trials.count))"
        func say(_ line: String) { call.console.say(folded(line, to: Terminal.error.tableWidth)) }
        say("sweep      \(displayable(plan.base.config.name)): \(grouped(count))\(part) trials")
        say("directory  \(displayable(directoryPath))")
        if plan.duplicates > 0 {
            say("           \(grouped(plan.duplicates)) more would be the same experiment as another, and are left out")
        }
        if away > 0 {
            say("           \(grouped(away)) trials of another plan were moved to \(displayable(directoryPath))/former")
        }
    }
}

/// What keeps a machine from training any more trials; they are as they were.
struct SweepObstacle: Error, CustomStringConvertible {
    let description: String
}

/// A directory that holds no sweep.
struct SweepMissing: Error, CustomStringConvertible {
    let path: String
    var description: String {
        "\(path): this is not a sweep directory: it has no \(SweepFile.record.rawValue); name one that mnist-lab sweep has written"
    }
}

extension Call {
    /// How a sweep's progress is to be shown.
    var progressBlock: ProgressBlock {
        if self[Common.quiet] || self[Common.progress] == .never { return ProgressBlock(mode: .silent) }
        return self[Common.progress] == .always ? ProgressBlock(mode: .redrawn) : ProgressBlock()
    }
}
