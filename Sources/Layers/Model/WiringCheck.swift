import Schema

/// Checks that the layers of a config are wired consistently: names are used once, inputs stand before what reads them, every layer is
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

        /// Whether what it is given goes anywhere: not if the first layer of each branch names other inputs.
        var readsItsInputs: Bool {
            let branches = placed.layer.branches
            return branches.isEmpty || branches.contains { $0.layers.first?.inputs == nil }
        }
    }

    private var entries: [Entry] = []
    private var names: LayerNames
    /// The number of an entry by its name; of equal ones the first.
    private var numbers: [String: Int] = [:]
    /// Names that are read although no layer says so: the ends of branches and of the model.
    private var ends: Set<String> = []
    /// Those that are told already.
    private var cycles: Set<Set<Int>> = []
    /// How often all layers may still be looked through for something to say: nobody reads the thousandth message.
    private var searches = Problems.most

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
                // Of several inputs, which none of them may have, the first is enough to complain of.
                collect(
                    branch.layers, at: place[branch.key] ?? place, after: Array(inputs.prefix(1)),
                    within: around + [name])
            }
            if numbers[name] == nil { numbers[name] = entries.count }
            entries.append(Entry(name: name, inputs: inputs, around: around, placed: placed, place: place))
            before = [name]
        }
        ends.formUnion(before)
    }

    private func checkName(_ entry: Entry, _ number: Int, _ problems: inout Problems) {
        guard let first = numbers[entry.name], first != number else { return }
        let other = entries[first].place
        if other.json.position != nil, other.json.position == entry.place.json.position {
            problems.append(
                entry.place.problem(
                    at: "name", "a block repeats the name \(quoted(entry.name))",
                    remedy: "let its variable say the name, as in \"$block.name\""))
        } else {
            problems.append(
                entry.place.problem(
                    at: "name", "\(other.path) has the name \(quoted(entry.name)) already",
                    remedy: "every layer needs a name of its own"))
        }
    }

    private mutating func checkInputs(_ entry: Entry, _ number: Int, _ problems: inout Problems) {
        for (index, input) in (entry.placed.inputs ?? []).enumerated() where input != PlacedLayer.image {
            let place = entry.place["inputs"]?[index] ?? entry.place
            if let source = numbers[input] {
                if source >= number { checkOrder(entry, number, reading: source, at: place, &problems) }
            } else {
                let remedy = remedy(forUnknown: input, before: number)
                problems.append(place.problem("there is no layer \(quoted(input))", remedy: remedy))
            }
        }
        let layer = type(of: entry.placed.layer)
        let count = entry.inputs.count
        guard !layer.arity.contains(count) else { return }
        problems.append(entry.place.problem(at: "inputs", layer.arityProblem(count), remedy: layer.arityRemedy(count)))
    }

    /// Says why a layer cannot read another one that is not complete before it.
    private mutating func checkOrder(
        _ entry: Entry, _ number: Int, reading source: Int, at place: Place, _ problems: inout Problems
    ) {
        let (own, input) = (quoted(entry.name), quoted(entries[source].name))
        if source == number {
            problems.append(place.problem("\(own) reads itself", remedy: Self.rule))
        } else if entry.around.contains(entries[source].name) {
            problems.append(
                place.problem("\(own) stands within \(input) and cannot read it", remedy: "name a layer before it"))
        } else if let cycle = cycle(from: source, to: number) {
            // Each of its layers that reads a later one would tell the same.
            guard cycles.insert(Set(cycle)).inserted else { return }
            let reads = cycle.map { quoted(entries[$0].name) }.joined(separator: ", which reads ")
            problems.append(place.problem("these layers form a cycle: \(own) reads \(reads)", remedy: Self.rule))
        } else {
            problems.append(
                place.problem(
                    "\(input) comes later, at \(entries[source].place.path)", remedy: "\(Self.rule); move one of them"))
        }
    }

    private static let rule = "a layer reads only what stands before it"

    private mutating func remedy(forUnknown input: String, before number: Int) -> String {
        let shortList = 20
        if searches > 0 {
            searches -= 1
            let distinct = (0..<number).filter { numbers[entries[$0].name] == $0 }
            let known = [PlacedLayer.image] + distinct.map { entries[$0].name }
            if let meant = suggestion(for: input, among: known) {
                // It is not unread because its name was misspelt.
                ends.insert(meant)
                return "did you mean \(quoted(meant))?"
            }
            if known.count <= shortList { return "layers before it: \(known.joined(separator: ", "))" }
        }
        return "a layer may read \(quoted(PlacedLayer.image)) and every layer before it"
    }

    /// The layers on the way through inputs from one down to another one, both included; nil where there is none.
    private mutating func cycle(from source: Int, to target: Int) -> [Int]? {
        guard searches > 0 else { return nil }
        searches -= 1
        var trail: [Int: Int] = [source: source]
        var open = [source]
        while let number = open.popLast() {
            if number == target {
                var way = [number]
                while let last = way.last, let before = trail[last], before != last { way.append(before) }
                return way.reversed()
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
        let read = Set(entries.filter(\.readsItsInputs).flatMap(\.inputs)).union(ends)
        for entry in entries where !read.contains(entry.name) {
            problems.append(
                entry.place.problem(
                    "no layer reads \(quoted(entry.name))",
                    remedy: "name it in the \"inputs\" of a later layer, or remove it"))
        }
    }
}

extension [PlacedLayer] {
    /// Appends what is wrong with how the layers of a model are wired.
    package func checkWiring(at place: Place, _ problems: inout Problems) {
        WiringCheck.check(self, at: place, &problems)
    }
}

extension Layer {
    /// What is wrong with a number of inputs.
    static func arityProblem(_ count: Int) -> String {
        let inputs =
            switch (arity.lowerBound, arity.upperBound) {
            case (1, 1): "one input"
            case (let least, let most) where least == most: "\(least) inputs"
            case (let least, _): "at least \(least) inputs"
            }
        return "\(name) takes \(inputs), but is given \(count)"
    }

    /// What to do about it.
    static func arityRemedy(_ count: Int) -> String {
        if count < arity.lowerBound { return "name them in \"inputs\"" }
        return arity.upperBound == 1 ? "merge them first, as with Add or Concatenate" : "leave some out"
    }
}
