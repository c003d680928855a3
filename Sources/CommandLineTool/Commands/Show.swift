import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    static let show = Command(
        "show", "one run or sweep: what it is, how far it has come, its figures and files",
        arguments: [.one("RUN", "a directory of a run or a sweep, finished or not")],
        options: [Common.json],
        examples: [Example("show runs/warmup", "a run at a glance")]
    ) { call in
        let path = call.operands[0]
        if RunReader.isSweep(path) {
            let sweep = try ShownSweep(at: path)
            return call.show(json: sweep.json, text: sweep.text, faults: sweep.faults)
        }
        // Whatever is no run at all has no more than that to be said of it.
        guard FileManager.default.fileExists(atPath: "\(path)/\(RunFile.config.rawValue)") else {
            for error in RunReader([path]).errors { _ = call.tool.report(error, to: call.console) }
            return .failure
        }
        let run = ShownRun(at: path)
        return call.show(json: run.json, text: run.text, faults: run.faults)
    }
}

extension Call {
    fileprivate func show(json: JSON, text: String, faults: [String]) -> ExitCode {
        for line in faults.flatMap(lines) { console.say(displayable(line)) }
        print(json: json, text: folded(text, to: console.tableWidth))
        return faults.isEmpty ? .success : .failure
    }
}
