import Schema

extension [PlacedLayer] {
    /// Where the layer that has a name in the model was written, or the one within which it stands; the names are those under
    /// which layers are recorded.
    package func place(named name: String) -> Place? {
        let outermost = String(name.prefix { $0 != "/" })
        return named.first { $0.name == outermost }?.layer.place
    }

    /// The names of some layers and of all that stand within them.
    package func names(within chosen: Set<String>) -> Set<String> {
        var names = LayerNames(self)
        var result: Set<String> = []
        collect(chosen, isWithin: false, &names, into: &result)
        return result
    }

    private func collect(
        _ chosen: Set<String>, isWithin: Bool, _ names: inout LayerNames, into result: inout Set<String>
    ) {
        for placed in self {
            let name = names.name(of: placed)
            let isMeant = isWithin || chosen.contains(name)
            if isMeant { result.insert(name) }
            for branch in placed.layer.branches {
                branch.layers.collect(chosen, isWithin: isMeant, &names, into: &result)
            }
        }
    }

    /// All layers with their names, those within others behind these.
    package var named: [(name: String, layer: PlacedLayer)] {
        var names = LayerNames(self)
        return named(&names)
    }

    private func named(_ names: inout LayerNames) -> [(name: String, layer: PlacedLayer)] {
        flatMap { placed in
            [(names.name(of: placed), placed)] + placed.layer.branches.flatMap { $0.layers.named(&names) }
        }
    }
}
