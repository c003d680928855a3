import Experiments
import Foundation
import Machine
import Reporting
import Schema

extension Sweeping {
    /// `--dry-run`: all trials with what they take.
    func describe() throws -> ExitCode {
        call.warn(plan.idleHalving)
        let library = call.library(for: path)
        let costs = try plan.costs(library: library)
        let estimate = try TimeEstimate(plan, costs: costs, shares: shares, library: library)
        let titles = shortPathTitles(plan.settings.paths)
        let names = ValueNames(of: plan.trials.map(\.trial))
        var columns: [TextTable.Column] = plan.settings.paths.map { .right(titles[$0] ?? $0) }
        if plan.settings.repeats > 1 { columns.append(.right("seed")) }
        if plan.settings.folds != nil { columns.append(.right("fold")) }
        columns += [.right("epochs"), .right("parameters"), .right("memory"), .right("time")]
        let rows = zip(zip(plan.trials, costs), estimate.seconds).map { trial, seconds in
            let (planned, cost) = trial
            var cells = plan.settings.paths.map { path in
                planned.trial.value(at: path).map { names.name(of: $0, at: path) } ?? ""
            }
            if plan.settings.repeats > 1 { cells.append("\(planned.trial.seed)") }
            if plan.settings.folds != nil { cells.append(planned.trial.fold.map(String.init) ?? "") }
            if cost.refusal != nil { return cells + ["\(cost.epochs)", "–", "too much", "–"] }
            return cells + ["\(cost.epochs)", grouped(cost.parameters), byteSize(cost.bytes), duration(seconds)]
        }
        let memory = Given.toThisProcess.memory
        let room = shares.room(for: costs)
        var document: JSON {
            let trials = zip(zip(plan.trials, costs), estimate.seconds).map { trial, seconds -> JSON in
                let (planned, cost) = trial
                return [
                    "name": JSON(planned.trial.name),
                    "values": JSON(.object(planned.trial.values.map { JSON.Member($0.path, $0.value) })),
                    "seed": JSON(planned.trial.seed), "fold": JSON(planned.trial.fold), "epochs": JSON(cost.epochs),
                    "parameters": JSON(cost.parameters), "training_peak": JSON(cost.bytes),
                    "estimated_seconds": JSON(seconds),
                ]
            }
            return [
                "estimated_seconds": JSON(estimate.total), "threads": JSON(shares.threads),
                "threads_by": JSON("\(call.grantedThreads.giver)"), "memory_bytes": JSON(memory.amount),
                "memory_by": JSON("\(memory.giver)"), "trials_at_a_time": JSON(room), "trials": JSON(.array(trials)),
            ]
        }
        var text: String {
            let most =
                plan.settings.halving != nil
                ? "with halving less than" : plan.settings.until != nil ? "all repeats together" : "about"
            let count = "\(grouped(plan.trials.count)) trials, \(most) \(duration(estimate.total))"
            let threads = shares.threads == 1 ? "1 thread" : "\(shares.threads) threads"
            let trials = room == 1 ? "one trial" : "\(grouped(room)) trials"
            return TextTable(columns, rows: rows).text(width: call.console.tableWidth)
                + "\n\(count) of computing on this machine with \(threads) "
                + "(\(displayable("\(call.grantedThreads.giver)")))\n"
                + "memory for \(trials) at a time, of \(memory.words(byteSize))\n"
        }
        call.print(json: document, text: folded(text, to: call.console.tableWidth))
        return .success
    }

    /// `--print-commands`: each trial as a part of the sweep that has no other.
    func printCommands() throws -> ExitCode {
        if path == "-" {
            throw call.misuse("--print-commands needs a config that others can read again, not standard input")
        }
        if shard != nil { throw call.misuse("--print-commands: each of its lines is a part, and --shard asks for one") }
        if plan.settings.halving != nil {
            throw call.misuse(
                "--print-commands: halving decides among all trials, so no part of them can run for itself",
                remedy: "start several processes on one --out; they share the trials")
        }
        if plan.settings.until != nil {
            throw call.misuse(
                "--print-commands: whether a repeat is needed is decided by those before it",
                remedy: "start several processes on one --out; they share the trials")
        }
        let costs = try plan.costs(library: call.library(for: path))
        for (index, cost) in costs.enumerated() {
            var others = ["--out", out ?? "runs/\(plan.base.config.name)", "--shard", "\(index + 1)/\(costs.count)"]
            others += ["--threads", "\(shares.useful(for: cost))", "--quiet"]
            if lease != Int(SavedClaim.usualLease) { others += ["--lease", "\(lease)"] }
            if call[Common.offline] { others.append("--offline") }
            call.console.write(call.commandLine("sweep", path, others, tool: programForShells) + "\n")
        }
        return .success
    }
}
