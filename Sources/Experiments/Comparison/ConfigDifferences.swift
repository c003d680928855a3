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
    var found: [(way: [String], values: [JSON?])] = []
    for key in keys { collect(configs.map { $0[key] }, at: [key], into: &found) }
    let titles = shortTitles(for: found.map(\.way))
    return zip(found, titles).map { difference, title in
        let lists = arrays(difference.values).flatMap { $0.joined().allSatisfy { $0.members != nil } ? $0 : nil }
        let texts = lists.map(briefs(ofLists:)) ?? difference.values.map(brief)
        return ConfigDifference(path: difference.way.joined(), title: title, values: difference.values, texts: texts)
    }
}

/// Goes down as long as the values have the same shape. The steps of a way are as in `model`, `.layers`, `[2]`, `.units`.
private func collect(_ values: [JSON?], at way: [String], into found: inout [(way: [String], values: [JSON?])]) {
    guard let first = values.first, values.contains(where: { $0 != first }) else { return }
    if let objects = objects(values), objects.allSatisfy({ isAlike($0, objects[0]) }) {
        for key in unionOfKeys(objects) {
            collect(objects.map { $0[key] }, at: way + [".\(key)"], into: &found)
        }
    } else if let lists = arrays(values), lists.allSatisfy({ isAlike($0, lists[0]) }) {
        for index in lists[0].indices {
            collect(lists.map { $0[index] }, at: way + ["[\(index)]"], into: &found)
        }
    } else {
        found.append((way, values))
    }
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

/// Whether two objects are of one type, so that they differ in what their keys say.
private func isAlike(_ a: JSON, _ b: JSON) -> Bool {
    guard let first = a.members, let second = b.members else { return false }
    return a["type"] == b["type"] && Set(first.map(\.key)) == Set(second.map(\.key))
}

/// Whether two lists are of the same objects in the same order, so that they differ in what those say.
private func isAlike(_ a: [JSON], _ b: [JSON]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.members != nil && $0["type"] == $1["type"] }
}

/// In the order of the first object that has them.
private func unionOfKeys(_ objects: [JSON]) -> [String] {
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
