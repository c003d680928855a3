/// Gives every layer of a model its name, in the order in which they are recorded: the one that it was given, or else Keras's:
/// `conv2d`, `conv2d_1`, …
struct LayerNames {
    private let given: Set<String>
    private var count: [String: Int] = [:]

    init(_ layers: [PlacedLayer]) { given = Set(layers.givenNames) }

    mutating func name(of placed: PlacedLayer) -> String {
        if let name = placed.name { return name }
        let base = type(of: placed.layer).defaultName
        while true {
            let number = count[base, default: 0]
            count[base] = number + 1
            let name = number == 0 ? base : "\(base)_\(number)"
            if !given.contains(name) { return name }
        }
    }
}

extension [PlacedLayer] {
    fileprivate var givenNames: [String] {
        flatMap { placed in
            (placed.name.map { [$0] } ?? []) + placed.layer.branches.flatMap(\.layers.givenNames)
        }
    }
}
