import Foundation
import Machine

/// The last of `runs/<name>-2`, `runs/<name>-3`, … that this config began, with no more epochs, and did not finish; nil where there
/// is none. One that another process is training is left to it.
package func lastUnfinishedRun(of wanted: ResolvedConfig, under folder: String) -> String? {
    let prefix = "\(wanted.config.name)-"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let numbers = names.filter { $0.hasPrefix(prefix) }.compactMap { Int($0.dropFirst(prefix.count)) }
    return numbers.filter { $0 > 1 }.sorted(by: >).map { "\(folder)/\(prefix)\($0)" }
        .first { isUnfinishedRun($0, of: wanted) }
}

private func isUnfinishedRun(_ directory: String, of wanted: ResolvedConfig) -> Bool {
    guard !exists(directory, .result),
        let saved = try? ConfigDocument(reading: join(directory, RunFile.config.rawValue)).resolved()
    else { return false }
    guard let lock = FolderLock(folder: directory), lock.tryExclusive() else { return false }
    let canGrow = wanted.config.training.phases.isEmpty
    return ConfigMisfit(directory, was: saved.json, is: wanted.json, canGrow: canGrow, remedy: "") == nil
}
