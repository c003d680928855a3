import Schema

// A repeated block: { "for_each": "$hidden", "as": "units", "layers": [ … "$units" … ] }

extension Expander {
    private static var keys: [String] { ["for_each", "as", "layers"] }

    /// What a block puts in its place, which is the block itself where it is not understood.
    mutating func expandBlock(_ place: Place, depth: Int) -> [JSON] {
        if let repeated = repeated(place, depth: depth) { return repeated }
        if let position = place.json.position { failures.insert(position) }
        return [place.json]
    }

    private mutating func repeated(_ place: Place, depth: Int) -> [JSON]? {
        let before = problems.count
        checkKeys(of: place)
        let name = loopName(of: place)
        let items = place["for_each"].map { expandItems($0, depth: depth) } ?? []
        guard let body = place["layers"], body.json.elements != nil else {
            let found = place["layers"] ?? place
            problems.append(
                place["layers"] == nil
                    ? found.problem("missing key \"layers\"", remedy: "it says what is repeated")
                    : found.mismatch("an array of what is repeated"))
            return nil
        }
        guard problems.count == before else { return nil }
        var result: [JSON] = []
        for item in items where !budget.isExhausted {
            // An item is reckoned with even if its block is empty, or empty blocks in blocks would run for ever.
            guard spend(on: place, depth: depth) else { break }
            if let name { loops.append((name, item)) }
            result += expandElements(of: body, depth: depth + 1, isRepeated: true)
            if name != nil { loops.removeLast() }
        }
        return result
    }

    private mutating func checkKeys(of place: Place) {
        for member in place.json.members ?? [] where !Self.keys.contains(member.key) {
            problems.append(
                Problem(
                    "unknown key", at: member.keyPosition, path: Path.key(member.key, of: place.path).description,
                    remedy: remedy(for: member.key, among: Self.keys)))
        }
    }

    private mutating func loopName(of place: Place) -> String? {
        guard let place = place["as"] else { return nil }
        guard let name = place.json.text, isVariableName(name) else {
            problems.append(place.mismatch("a name for the variable, without $"))
            return nil
        }
        if isTaken(name) {
            let message = "there is a variable \(quoted("$\(name)")) already"
            problems.append(place.problem(message, remedy: "take another name"))
        }
        return name
    }

    private mutating func expandItems(_ place: Place, depth: Int) -> [JSON] {
        let before = problems.count
        let list = expand(place, depth: depth + 1)
        if let elements = list.elements { return elements }
        if problems.count == before {
            problems.append(Place(list, path: place.path).mismatch("an array to go through"))
        }
        return []
    }
}
