/// What runs for one layer, in order.
package struct LayerKernels: Sendable {
    package let layer: String
    package let forward: [String]
    package let backward: [String]
    /// The layer with whose operations this one's were joined, if none of them runs by itself.
    package let joinedWith: String?
}

extension Graph {
    /// What runs for each layer to compute the outputs; nodes before `firstGradient` belong to the forward pass.
    package func kernels(outputs: [Value], forwardBefore firstGradient: Int) -> [LayerKernels] {
        let schedule = Schedule(self, outputs: outputs)
        var layers: [String] = []
        var passes: [String: (forward: [String], backward: [String])] = [:]
        for (index, node) in nodes.enumerated() {
            guard let operation = node.operation, !node.isView else { continue }
            if passes[node.layer] == nil {
                layers.append(node.layer)
                passes[node.layer] = ([], [])
            }
            guard schedule.isNeeded[index] else { continue }
            let text = operation.title + (operation.variant.map { " (\($0))" } ?? "")
            if index < firstGradient {
                passes[node.layer]?.forward.append(text)
            } else {
                passes[node.layer]?.backward.append(text)
            }
        }
        return layers.map { layer in
            let (forward, backward) = passes[layer] ?? ([], [])
            let isJoined = forward.isEmpty && backward.isEmpty
            return LayerKernels(
                layer: layer, forward: forward, backward: backward,
                joinedWith: isJoined ? successor(of: layer, schedule, before: firstGradient) : nil)
        }
    }

    /// The layer that does the work of another one: it reads that one's parameters, or what that one would read.
    private func successor(of layer: String, _ schedule: Schedule, before end: Int) -> String? {
        let computing = nodes.indices.prefix(end).filter {
            schedule.isNeeded[$0] && nodes[$0].operation != nil && nodes[$0].layer != layer
        }
        let reader = computing.first { index in
            nodes[index].inputs.contains { parameter(of: $0) != nil && nodes[$0.node].layer == layer }
        }
        /// What would be read may itself have been joined, with the same operation.
        func substitute(for node: Int) -> Int? {
            let (inputs, title) = (nodes[node].inputs, nodes[node].operation?.title ?? "")
            let readers = computing.filter { index in inputs.allSatisfy(nodes[index].inputs.contains) }
            // A joined operation is called by its parts.
            let named = readers.filter { nodes[$0].operation?.title.contains(title) == true }
            return named.first ?? readers.first
                ?? inputs.lazy.filter { nodes[$0.node].operation != nil && !schedule.isNeeded[$0.node] }
                .compactMap { substitute(for: $0.node) }.first
        }
        let last = nodes.lastIndex { $0.layer == layer && $0.operation != nil }
        return (reader ?? last.flatMap { substitute(for: $0) }).map { nodes[$0].layer }
    }
}

/// A type's name in words: `ReLUGradient` becomes `ReLU gradient`.
func words(of name: String) -> String {
    let letters = Array(name)
    var words = [""]
    for (index, letter) in letters.enumerated() {
        let followsSmall = index > 0 && letters[index - 1].isLowercase
        let endsCapitals = index > 0 && letters[index - 1].isUppercase
        let beginsSmall = index + 1 < letters.count && letters[index + 1].isLowercase
        if letter.isUppercase, beginsSmall, followsSmall || endsCapitals { words.append("") }
        words[words.count - 1].append(letter)
    }
    return words.map { $0.dropFirst().allSatisfy(\.isLowercase) ? $0.lowercased() : $0 }.joined(separator: " ")
}
