import Schema

/// Takes values out of a JSON document that the tool has written, and notes what should be there and is not.
///
/// Unlike a config's description it passes over what it does not ask for, so that newer versions may write more.
struct DocumentReader {
    private let place: Place
    private(set) var problems = Problems()

    var root: JSON { place.json }

    init(_ root: JSON) { self.init(Place(root)) }

    /// Of a part of a document.
    init(_ place: Place) { self.place = place }

    /// The value at the end of a way of keys; nil after having noted why not.
    mutating func value<Value>(_ keys: [String], as format: Format<Value>) -> Value? {
        var place = place
        for key in keys {
            guard let next = place[key] else {
                problems.append(place.problem("missing key \(quoted(key))"))
                return nil
            }
            place = next
        }
        return format.read(place, &problems)
    }

    /// The value of a key that may be missing or null; nil in either case, or after having noted what is wrong.
    mutating func optionalValue<Value>(_ key: String, as format: Format<Value>) -> Value? {
        guard let given = place[key], !given.json.isNull else { return nil }
        return format.read(given, &problems)
    }
}
