import Schema

extension [PlacedLayer] {
    /// Where the layer that has a name in the model was written; the names are those under which layers are recorded.
    package func place(named name: String) -> Place? {
        var names = LayerNames(self)
        return place(named: name, &names)
    }

    private func place(named name: String, _ names: inout LayerNames) -> Place? {
        for placed in self {
            if names.name(of: placed) == name { return placed.place }
            for branch in placed.layer.branches {
                if let place = branch.layers.place(named: name, &names) { return place }
            }
        }
        return nil
    }
}
