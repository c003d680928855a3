import Schema

/// Looks whether the layers of a config hang together: names are used once, inputs stand before what reads them, every layer is
/// given as many values as it reads, and its own is read by somebody. Shapes are another matter, known only with the images.
struct WiringCheck {
    /// A layer in the order in which layers are complete: those within another one before it.
    private struct Entry {
        let name: String
        let inputs: [String]
        /// The layers within which it stands, outermost first.
        let around: [String]
        let placed: PlacedLayer
        let place: Place
    }

    private var entries: [Entry] = []
    private var names: LayerNames
    /// The number of an entry by its name; of equal ones the first.
    private var numbers: [String: Int] = [:]
    /// Names that are read although no layer says so: the ends of branches and of the model.
    private var ends: Set<String> = []

    /// Appends what is wrong with the layers at a place.
    static func check(_ layers: [PlacedLayer], at place: Place, _ problems: inout Problems) {
        var check = WiringCheck(names: LayerNames(layers))
        check.collect(layers, at: place, after: [PlacedLayer.image], within: [])
        for (number, entry) in check.entries.enumerated() {
            check.checkName(entry, number, &problems)
            check.checkInputs(entry, number, &problems)
        }
        check.checkReaders(&problems)
    }

    private init(names: LayerNames) { self.names = names }

    private mutating func collect(
        _ layers: [PlacedLayer], at place: Place, after first: [String], within around: [String]
    ) {
        var before = first
        for (index, placed) in layers.enumerated() {
            let name = names.name(of: placed)
            let place = placed.place ?? place[index] ?? place
            let inputs = placed.inputs ?? before
            for branch in placed.layer.branches {
                collect(branch.layers, at: place[branch.key] ?? place, after: inputs, within: around + [name])
            }
            if numbers[name] == nil { numbers[name] = entries.count }
            entries.append(Entry(name: name, inputs: inputs, around: around, placed: placed, place: place))
            before = [name]
        }
        ends.formUnion(before)
    }

    private func checkName(_ entry: Entry, _ number: Int, _ problems: inout Problems) {
        guard let first = numbers[entry.name], first != number else { return }
        problems.append(
            entry.place.problem(
                at: "name", "the name \(quoted(entry.name)) is used twice",
                remedy: "\(entries[first].place.path) has it already"))
    }

    private func checkInputs(_ entry: Entry, _ number: Int, _ problems: inout Problems) {
        for (index, input) in (entry.placed.inputs ?? []).enumerated() where input != PlacedLayer.image {
            let place = entry.place["inputs"]?[index] ?? entry.place
            guard let source = numbers[input] else {
                let known = [PlacedLayer.image] + entries[..<number].map(\.name)
                problems.append(place.problem("there is no layer \(quoted(input))", remedy: remedy(for: input, among: known)))
                continue
            }
            guard source >= number else { continue }
            if let cycle = cycle(from: source, to: number) ?? (entry.around.contains(input) ? [input] : nil) {
                let names = ([entry.name] + cycle).map(quoted).joined(separator: " reads ")
                problems.append(
                    place.problem("a cycle: \(names)", remedy: "a layer reads only what stands before it"))
            } else {
                problems.append(
                    place.problem(
                        "\(quoted(input)) comes later, at \(entries[source].place.path)",
                        remedy: "a layer reads only what stands before it; move one of them"))
            }
        }
        let layer = type(of: entry.placed.layer)
        guard !layer.arity.contains(entry.inputs.count) else { return }
        problems.append(entry.place.problem(at: "inputs", layer.arityProblem(entry.inputs.count), remedy: layer.arityRemedy))
    }

    /// The names on the way through inputs from one layer down to another one, both included; nil where there is none.
    private func cycle(from source: Int, to target: Int) -> [String]? {
        var trail: [Int: Int] = [source: source]
        var open = [source]
        while let number = open.popLast() {
            if number == target {
                var names = [entries[number].name]
                var step = number
                while let before = trail[step], before != step {
                    step = before
                    names.insert(entries[step].name, at: 0)
                }
                return names
            }
            for input in entries[number].inputs {
                guard let next = numbers[input], trail[next] == nil else { continue }
                trail[next] = number
                open.append(next)
            }
        }
        return nil
    }

    /// What nobody reads could learn nothing.
    private func checkReaders(_ problems: inout Problems) {
        let read = Set(entries.flatMap(\.inputs)).union(ends)
        for entry in entries where !read.contains(entry.name) {
            problems.append(
                entry.place.problem(
                    "no layer reads \(quoted(entry.name))", remedy: "name it in the \"inputs\" of a later layer, or remove it"))
        }
    }
}

extension [PlacedLayer] {
    /// Appends what is wrong with how the layers of a model hang together.
    package func checkWiring(at place: Place, _ problems: inout Problems) {
        WiringCheck.check(self, at: place, &problems)
    }
}

extension Layer {
    static func arityProblem(_ count: Int) -> String {
        let reads =
            arity.upperBound == arity.lowerBound
            ? (arity.lowerBound == 1 ? "one value" : "\(arity.lowerBound) values")
            : "at least \(arity.lowerBound) values"
        return "\(name) reads \(reads), and it is given \(count)"
    }

    static var arityRemedy: String {
        arity.upperBound == 1 ? "an Add or a Concatenate before it makes one of several" : "name them in \"inputs\""
    }
}
