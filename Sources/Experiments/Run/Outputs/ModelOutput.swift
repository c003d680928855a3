import Exchange

/// The weights that the test images were classified with.
struct ModelOutput: RunOutput {
    static let files: [RunFile] = [.model]

    func finished(_ result: RunResult, _ run: RunView) throws {
        let training = run.training
        let file = Safetensors(weights: training.parameters, values: training.values(of:))
        try run.directory.write(file.bytes, to: .model)
    }
}

extension RunFile {
    package static let model = RunFile(rawValue: "model.safetensors")
}
