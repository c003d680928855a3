import Layers

/// The order in which Keras has the layers of a Functional, which decides where their weights are in a file: those first that
/// are farthest from the end, and of equally far ones that which a walk from the end, input by input, comes to first.
func functionalOrder(_ nodes: [KerasModel.Node]) -> [KerasModel.Node] {
    guard let last = nodes.last else { return [] }
    let numbers = Dictionary(nodes.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let inputs = nodes.map { node in node.inputs.compactMap { numbers[$0] } }

    // When the walk arrives at each layer, and the layers in the order in which it has done with them.
    var arrivals = [Int?](repeating: nil, count: nodes.count)
    var done: [Int] = []
    var count = 0
    var way: [(node: Int, next: Int)] = []
    func arrive(at node: Int) {
        guard arrivals[node] == nil else { return }
        arrivals[node] = count
        count += 1
        way.append((node, 0))
    }
    arrive(at: numbers[last.name] ?? 0)
    while let (node, next) = way.last {
        if next < inputs[node].count {
            way[way.count - 1].next += 1
            arrive(at: inputs[node][next])
        } else {
            done.append(node)
            way.removeLast()
        }
    }

    var distances = [Int](repeating: 0, count: nodes.count)
    for node in done.reversed() {
        for input in inputs[node] { distances[input] = max(distances[input], distances[node] + 1) }
    }
    return done.sorted { a, b in
        (-distances[a], arrivals[a] ?? 0) < (-distances[b], arrivals[b] ?? 0)
    }.map { nodes[$0] }
}
