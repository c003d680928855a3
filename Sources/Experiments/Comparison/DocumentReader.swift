import Schema

/// Takes values out of a JSON document that the tool has written, and notes what should be there and is not.
///
/// Unlike a config's description it passes over what it does not ask for, so that newer versions may write more.
struct DocumentReader {
    let root: JSON
    private(set) var problems = Problems()

    init(_ root: JSON) {
        self.root = root
    }

    /// The value at the end of a way of keys; nil after having noted why not.
    mutating func value<Value>(_ keys: [String], as format: Format<Value>) -> Value? {
        var place = Place(root)
        for key in keys {
            guard let next = place[key] else {
                problems.append(place.problem("missing key \(quoted(key))"))
                return nil
            }
            place = next
        }
        return format.read(place, &problems)
    }
}
