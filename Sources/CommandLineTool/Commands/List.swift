import Experiments
import Foundation
import Reporting
import Schema

extension Command {
    /// `ls`, in a word.
    static let list = Command(
        "ls", "the runs and sweeps of a folder, a line each",
        arguments: [.optional("FOLDER", "where to look, folders within it included (default: runs)")],
        options: [Common.json],
        examples: [
            Example("ls", "what there is, how far it is, and how good"),
            Example("ls runs/sweep/trials", "the trials of a sweep"),
        ]
    ) { call in
        let folder = call.operands.first ?? "runs"
        guard FileManager.default.fileExists(atPath: folder) || call.operands.isEmpty else {
            throw FileError("read", folder, code: ENOENT)
        }
        let runs = runFolders(below: folder).map(ListedRun.init)
        for line in runs.flatMap(\.faults).flatMap(lines) { call.console.say(displayable(line)) }
        if runs.isEmpty, !call[Common.json] {
            let message = "\(displayable(folder)): there are no runs yet; \(call.tool.name) train makes one"
            call.console.say(folded(message, to: Terminal.error.tableWidth))
        }
        call.print(
            json: JSON(.array(runs.map(\.json))),
            text: runs.isEmpty ? "" : ListedRun.table(runs, width: call.console.tableWidth))
        return runs.contains { !$0.faults.isEmpty } ? .failure : .success
    }
}
