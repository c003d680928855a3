import Datasets
import Experiments
import Foundation
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
    let failsFast: Bool

    private var directoryPath: String { out ?? "runs/\(plan.base.config.name)" }

    /// Runs the remaining trials, then makes the tables.
    func run() throws -> ExitCode {
        if shard != nil, plan.settings.halving != nil {
            throw call.misuse(
                "--shard: halving decides among all trials, so no part of them can run for itself",
                remedy: "start several processes on one --out; they share the trials")
        }
        let library = call.library(for: path)
        let costs = try plan.costs(library: library)
        let data = SharedData(library: library)
        var plan = plan
        try plan.identify(by: data)
        let directory = try SweepDirectory(path: directoryPath)
        let record = SweepRecord(plan)
        let away = try directory.take(record)
        announce(away)

        StopSignals.listen()
        defer { StopSignals.ignore() }
        let progress = SweepProgress(call.progressBlock, style: call.console.messageStyle)
        let runner = try SweepRunner(
            plan, costs: costs, in: directory, data: data,
            options: SweepRunner.Options(
                shares: shares, shard: shard, failsFast: failsFast, hasPictures: !call[Common.noPictures],
                version: call.tool.version,
                command: CommandLine.arguments),
            observer: progress)
        let isThrough = runner.run { StopSignals.exitCode != nil }
        progress.end()
        let results = try directory.alone {
            let results = try SweepResults(record, in: directory)
            try results.write(in: directory, withPictures: !call[Common.noPictures])
            return results
        }
        guard isThrough else {
            let others = ["--out", directory.path]
            call.console.say("stopped; go on with: \(call.commandLine("sweep", path, others))")
            return StopSignals.exitCode ?? .interrupted
        }
        let code = Self.report(results, in: directory.path, shard: shard, for: call)
        return tellUnrecorded(runner.unrecorded) ? .failure : code
    }

    /// Tells of trials that could not even write down that they failed; returns whether there are any.
    private func tellUnrecorded(_ trials: [(trial: String, reason: String)]) -> Bool {
        let mark = call.console.messageStyle.red("failed:")
        for (trial, reason) in trials { call.console.say("\(mark) \(trial): \(displayable(reason))") }
        return !trials.isEmpty
    }

    /// Makes the tables from whatever trials exist.
    static func collect(_ path: String, for call: Call) throws -> ExitCode {
        guard FileManager.default.fileExists(atPath: "\(path)/\(SweepFile.record.rawValue)") else {
            throw SweepMissing(path: path)
        }
        let record = try SweepRecord(in: path)
        let directory = try SweepDirectory(path: path)
        let results = try directory.alone {
            let results = try SweepResults(record, in: directory)
            try results.write(in: directory, withPictures: !call[Common.noPictures])
            return results
        }
        return report(results, in: path, shard: nil, for: call)
    }

    private static func report(_ results: SweepResults, in path: String, shard: Shard?, for call: Call) -> ExitCode {
        let rows = results.rows.enumerated().filter { shard?.contains($0.offset) ?? true }.map(\.element)
        let width = call.console.width
        call.print(
            json: results.json(in: path),
            text: (shard.map { results.text(width: width, shard: $0) } ?? results.text(width: width))
                + "results in \(path)\n")
        for row in rows {
            guard case .failed(let reason) = row.standing else { continue }
            call.console.say("\(call.console.messageStyle.red("failed:")) \(row.trial.name): \(displayable(reason))")
        }
        if rows.contains(where: { if case .failed = $0.standing { true } else { false } }) { return .failure }
        return results.verdict.exitCode
    }

    private func announce(_ away: Int) {
        guard !call[Common.quiet], call[Common.progress] != .never else { return }
        let count = plan.trials.enumerated().count { shard?.contains($0.offset) ?? true }
        let part = count == plan.trials.count ? "" : " of \(grouped(plan.trials.count))"
        call.console.say("sweep      \(plan.base.config.name): \(grouped(count))\(part) trials")
        call.console.say("directory  \(directoryPath)")
        if plan.duplicates > 0 {
            call.console.say(
                "           \(grouped(plan.duplicates)) more would be the same experiment as another, and are left out")
        }
        if away > 0 {
            call.console.say("           \(grouped(away)) trials of another plan were moved to \(directoryPath)/former")
        }
    }
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
