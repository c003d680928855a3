/// The resolved config: what `evaluate` and `predict` rebuild the model from.
struct ConfigOutput: RunOutput {
    static let files: [RunFile] = [.config]

    func runBegan(_ run: RunView) throws { try run.directory.write(run.resolved.pretty, to: .config) }
}

extension RunFile {
    package static let config = RunFile(rawValue: "config.json")
}
