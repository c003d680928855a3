import Foundation

/// The last of `runs/<name>-2`, `runs/<name>-3`, … that this very config began and did not finish; nil where there is none.
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
    return differences(between: [saved.json, wanted.json]).isEmpty
}
