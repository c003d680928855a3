import Layers
import Schema

/// A setting that is not the same in all of the compared configs.
package struct ConfigDifference: Sendable, Equatable {
    /// The whole way to it, as `--set` understands it: `training.optimizer.learning_rate`.
    package var path: String

    /// No more of its end than tells it from the others: `learning_rate`.
    package var title: String

    /// What each config says, in their order; nil where it says nothing.
    package var values: [JSON?]

    /// The same, short enough for a cell of a table.
    package var texts: [String]
}

/// Where configs differ, in the order of the first: single settings where their surroundings are the same everywhere, and
/// whole ones where not, for between two kinds of optimizer there is nothing in particular to compare.
package func differences(between configs: [JSON]) -> [ConfigDifference] {
    // What a run is called and held to makes it no different.
    let irrelevant: Set = ["name", "description", "expect", "sweep", "let"]
    let keys = unionOfKeys(configs).filter { !irrelevant.contains($0) }
    var found: [Found] = []
    for key in keys { collect(configs.map { $0[key] }, at: [key], into: &found) }
    let titles = shortTitles(for: found.map(\.way))
    return zip(found, titles).map { difference, title in
        let lists = (difference.rest ?? arrays(difference.values)).flatMap { lists in
            lists.joined().allSatisfy { $0.members != nil } ? lists : nil
        }
        let texts = lists.map(briefs(ofLists:)) ?? difference.values.map(brief)
        return ConfigDifference(path: difference.way.joined(), title: title, values: difference.values, texts: texts)
    }
}

/// One difference before it has a title.
private struct Found {
    /// The steps to it, as in `model`, `.layers`, `[2]`, `.units`.
    let way: [String]
    let values: [JSON?]
    /// Of lists, what is left to be shown once those of their elements that have the same names are compared by themselves.
    var rest: [[JSON]]?
}

/// Goes down as long as the values have the same shape.
private func collect(_ values: [JSON?], at way: [String], into found: inout [Found]) {
    guard let first = values.first, values.contains(where: { $0 != first }) else { return }
    if let objects = objects(values), objects.allSatisfy({ isAlike($0, objects[0]) }) {
        for key in unionOfKeys(objects) {
            collect(objects.map { $0[key] }, at: way + [".\(key)"], into: &found)
        }
    } else if let lists = arrays(values) {
        collect(lists, values, at: way, into: &found)
    } else {
        found.append(Found(way: way, values: values))
    }
}

/// Goes into lists: element by element where they are of the same kinds, or by the names that all lists have.
private func collect(_ lists: [[JSON]], _ values: [JSON?], at way: [String], into found: inout [Found]) {
    let areAlike = lists.allSatisfy { isAlike($0, lists[0]) }
    let steps = areAlike ? steps(of: lists) : nil
    let common = steps == nil ? commonNames(lists) : []
    if let steps = steps ?? (areAlike && common.isEmpty ? lists[0].indices.map { "[\($0)]" } : nil) {
        for index in lists[0].indices { collect(lists.map { $0[index] }, at: way + [steps[index]], into: &found) }
        return
    }
    let named = lists.map { list in Dictionary(list.map { ($0.ownName ?? "", $0) }) { first, _ in first } }
    let rest = lists.map { list in list.map { $0.ownName.flatMap { common.contains($0) ? named[0][$0] : nil } ?? $0 } }
    if rest.contains(where: { $0 != rest[0] }) { found.append(Found(way: way, values: values, rest: rest)) }
    for name in lists[0].compactMap(\.ownName) where common.contains(name) {
        collect(named.map { $0[name] }, at: way + ["[\(name)]"], into: &found)
    }
}

/// A step to each element of lists that are alike: its name where all lists that name it agree, and its index where it has none;
/// nil where one place has two names, or one name two places.
private func steps(of lists: [[JSON]]) -> [String]? {
    var places: [String: Int] = [:]
    var steps: [String] = []
    for index in lists[0].indices {
        let names = Set(lists.compactMap { $0[index].ownName })
        guard names.count <= 1 else { return nil }
        if let name = names.first, places.updateValue(index, forKey: name) != nil { return nil }
        steps.append("[\(names.first ?? "\(index)")]")
    }
    return steps
}

/// The names that every list has once, if they stand in the same order in all.
private func commonNames(_ lists: [[JSON]]) -> Set<String> {
    let names = lists.map { $0.compactMap(\.ownName) }
    let common = names.dropFirst().reduce(Set(names.first ?? [])) { $0.intersection($1) }
    let orders = names.map { $0.filter(common.contains) }
    return orders.allSatisfy { $0 == orders[0] && $0.count == common.count } ? common : []
}

extension JSON {
    /// What an element of a list calls itself.
    fileprivate var ownName: String? { self["name"]?.text }
}

/// All values as objects, if they are.
private func objects(_ values: [JSON?]) -> [JSON]? {
    let objects = values.compactMap { $0?.members == nil ? nil : $0 }
    return objects.count == values.count ? objects : nil
}

/// All values as arrays, if they are.
private func arrays(_ values: [JSON?]) -> [[JSON]]? {
    let arrays = values.compactMap { $0?.elements }
    return arrays.count == values.count ? arrays : nil
}

/// Whether two objects are of one type, so that they differ in what their keys say. A layer's place in its model is said only
/// where it is not the usual one.
private func isAlike(_ a: JSON, _ b: JSON) -> Bool {
    guard let first = a.members, let second = b.members, a["type"] == b["type"] else { return false }
    let others: Set = a["type"] == nil ? [] : PlacedLayer.keys
    return Set(first.map(\.key)).symmetricDifference(second.map(\.key)).isSubset(of: others)
}

/// Whether two lists are of the same objects in the same order, so that they differ in what those say.
private func isAlike(_ a: [JSON], _ b: [JSON]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.members != nil && $0["type"] == $1["type"] }
}

/// In the order of the first object that has them.
func unionOfKeys(_ objects: [JSON]) -> [String] {
    var seen: Set<String> = []
    return objects.flatMap { $0.members ?? [] }.map(\.key).filter { seen.insert($0).inserted }
}

/// As many of each way's last steps as tell it from the others.
private func shortTitles(for ways: [[String]]) -> [String] {
    ways.map { way in
        let others = ways.filter { $0 != way }
        let count = (1...way.count).first { count in
            let end = way.suffix(count)
            // An index alone says nothing, and a name would be taken for the run's.
            guard end.first?.hasPrefix("[") == false, end != [".name"] else { return false }
            return !others.contains { $0.suffix(count) == end }
        }
        let title = way.suffix(count ?? way.count).joined()
        return title.hasPrefix(".") ? String(title.dropFirst()) : title
    }
}
