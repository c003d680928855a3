import Exchange
import Layers
import Reporting
import Schema
import Tensors

extension Network {
    /// Replaces every parameter by the tensor of its name; names and shapes must match the model's exactly.
    package func loadWeights(from path: String) throws {
        let match = WeightMatch(
            parameters.all.map { ($0.name, $0) }, in: try WeightFile(at: path).tensors(for: flatLayers))
        try use(match, from: path)
    }

    /// Replaces the parameters that a match has values for. What is not matched is an error, or else left to the caller.
    func use(_ match: WeightMatch, from path: String, isStrict: Bool = true) throws(WeightsError) {
        let reasons = match.wrong + (isStrict ? match.unmatched : [])
        guard reasons.isEmpty else { throw WeightsError(path: path, reasons: reasons) }
        for (parameter, values) in match.fitting { parameters.set(parameter, to: values) }
    }

    /// The content of `model.safetensors`.
    package var weights: Safetensors { Safetensors(weights: parameters.all, values: parameters.values(of:)) }
}

extension ExperimentConfig {
    /// Gives a network the weights of `model.initial_weights`; returns what the file lacks and what it has too much, if that is
    /// allowed.
    func loadInitialWeights(into network: Network) throws -> Problems {
        guard let initial = model.initialWeights else { return Problems() }
        let isWanted = model.selection(of: initial)
        let tensors = try WeightFile(at: initial.file).tensors(for: network.flatLayers).filter { isWanted($0.name) }
        let wanted = network.parameters.all.filter { isWanted($0.name) }
        let match = WeightMatch(wanted.map { ($0.name, $0) }, in: tensors)
        try network.use(match, from: initial.file, isStrict: initial.isStrict)
        return Problems(shortened(match.unmatched).map { Problem("\(initial.file): \($0)") })
    }
}

extension ModelSettings {
    /// Whether a tensor is one of those that initial weights are wanted for, by its name.
    func selection(of initial: InitialWeights) -> (String) -> Bool {
        guard let chosen = initial.layers else { return { _ in true } }
        let names = layers.names(within: Set(chosen))
        return { tensor in names.contains(String(tensor.prefix { $0 != "/" })) }
    }
}
