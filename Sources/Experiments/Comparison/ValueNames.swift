import Schema

/// What the values that vary between trials are called: in few words, and where those say the same of different values, with
/// what differs behind them.
///
///     SGD 0.01
///     SGD 0.01, momentum 0.9
package struct ValueNames: Sendable {
    /// By path, and by the whole value.
    private let names: [String: [String: String]]

    package init(of trials: [SweepTrial]) {
        self.init(trials.map { trial in trial.values.map { JSON.Member($0.path, $0.value) } })
    }

    /// Of what varies in each trial.
    init(_ settings: [[JSON.Member]] = []) {
        names = Dictionary(grouping: settings.joined(), by: \.key).mapValues { distinctNames(of: $0.map(\.value)) }
    }

    /// In few words alone if no trial has the value.
    package func name(of value: JSON, at path: String) -> String {
        names[path]?[value.compact] ?? brief(value)
    }
}

/// What each of some values is called, by the whole value; what differs has different names.
private func distinctNames(of values: [JSON]) -> [String: String] {
    var seen: Set<String> = []
    let different = values.filter { seen.insert($0.compact).inserted }
    var names: [String: String] = [:]
    for (words, alike) in Dictionary(grouping: different, by: { brief($0) }) {
        let longer = alike.count > 1 ? namesWithDifferences(alike, words) : [words]
        for (value, name) in zip(alike, longer) { names[value.compact] = name }
    }
    return names
}

/// The words that several values share, with what differs behind them; the values as JSON where that tells too little.
private func namesWithDifferences(_ values: [JSON], _ words: String) -> [String] {
    let lists = values.compactMap(\.elements)
    var names: [String] = []
    if values.allSatisfy({ $0.members != nil }) {
        names = values.map { _ in words }
        for key in unionOfKeys(values) {
            let said = values.map { value in value[key].flatMap { $0.isNull ? Optional<JSON>.none : $0 } }
            guard said.contains(where: { $0 != said[0] }) else { continue }
            let texts = distinctNames(of: said.compactMap(\.self))
            for (index, value) in said.enumerated() {
                if let value { names[index] += ", \(key) \(texts[value.compact] ?? brief(value))" }
            }
        }
    } else if lists.count == values.count, lists.allSatisfy({ $0.count == lists[0].count }) {
        let texts = lists[0].indices.map { place in distinctNames(of: lists.map { $0[place] }) }
        names = lists.map { list in
            "[\(zip(list, texts).map { value, texts in texts[value.compact] ?? brief(value) }.joined(separator: ", "))]"
        }
    }
    return Set(names).count == values.count ? names : values.map(\.compact)
}
