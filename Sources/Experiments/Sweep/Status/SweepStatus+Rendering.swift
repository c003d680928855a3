import Reporting
import Schema

extension SweepStatus {
    /// For people: what is done in one line, what runs where, and what Slurm still has to do.
    package func text(width: Int) -> String {
        var counts = ["\(grouped(finished)) of \(grouped(total)) trials finished"]
        if unneeded > 0 { counts.append("\(grouped(unneeded)) not needed") }
        if stopped > 0 { counts.append("\(grouped(stopped)) stopped") }
        counts.append("\(grouped(running.count { !$0.isLost })) running")
        if !failed.isEmpty { counts.append("\(grouped(failed.count)) failed") }
        if missing > 0 { counts.append("\(grouped(missing)) missing") }
        var lines = [displayable("\(name), in \(directory)"), counts.joined(separator: ", ")]
        if let secondsLeft, secondsLeft > 0 { lines.append("about \(duration(secondsLeft)) left") }
        var text = lines.map { wrapped($0, to: width).joined(separator: "\n") + "\n" }.joined()
        if !running.isEmpty { text += "\n" + table.text(width: width) }
        if !failed.isEmpty {
            let rows = failed.map { [$0.trial.name, $0.reason] }
            text += "\n" + TextTable(["failed", "why"], rows: rows).text(width: width)
        }
        if let queue, !queue.isEmpty { text += "\n" + self.table(of: queue).text(width: width) }
        return text
    }

    private var table: TextTable {
        TextTable(
            ["trial", .right("epoch"), "host", .right("process"), "job", "sign of life"],
            rows: running.map { running in
                let sign = "\(duration(running.silence)) ago"
                return [
                    running.trial.name, "\(running.epoch)/\(running.epochs.map(String.init) ?? "?")",
                    running.claimant?.host ?? "", running.claimant.map { "\($0.process)" } ?? "",
                    running.claimant?.job ?? "", running.isLost ? "lost, \(sign)" : sign,
                ]
            })
    }

    /// A row for all tasks of a job that are in the same state for the same reason.
    private func table(of queue: [Slurm.Queued]) -> TextTable {
        var groups: [[Slurm.Queued]] = []
        for queued in queue {
            let index = groups.firstIndex {
                $0[0].job.number == queued.job.number && $0[0].state == queued.state && $0[0].reason == queued.reason
            }
            if let index { groups[index].append(queued) } else { groups.append([queued]) }
        }
        return TextTable(
            ["job", .right("tasks"), "state", "nodes", "reason"],
            rows: groups.map { group in
                let first = group[0]
                let nodes = Set(group.map(\.node)).sorted().filter { !$0.isEmpty }
                return [
                    first.job.number, first.job.task == nil ? "" : grouped(group.count), first.state.lowercased(),
                    nodes.joined(separator: ","), first.reason == "None" ? "" : first.reason,
                ]
            })
    }

    /// For programs.
    package var json: JSON {
        [
            "name": JSON(name), "directory": JSON(directory), "trials": JSON(total), "finished": JSON(finished),
            "stopped": JSON(stopped), "not_needed": JSON(unneeded), "missing": JSON(missing),
            "seconds_left": JSON(secondsLeft),
            "failed": JSON(
                .array(failed.map { ["name": JSON($0.trial.name), "reason": JSON($0.reason)] })),
            "running": JSON(.array(running.map(\.json))),
            "queue": queue.map { JSON(.array($0.map(\.json))) } ?? nil,
        ]
    }
}

extension SweepStatus.Running {
    fileprivate var json: JSON {
        [
            "name": JSON(trial.name), "epoch": JSON(epoch), "epochs": JSON(epochs), "host": JSON(claimant?.host),
            "process": JSON(claimant?.process), "job": JSON(claimant?.job), "silent_seconds": JSON(silence),
            "lost": JSON(isLost),
        ]
    }
}

extension Slurm.Queued {
    fileprivate var json: JSON {
        ["job": JSON(job.name), "state": JSON(state), "node": JSON(node), "reason": JSON(reason)]
    }
}
