import Foundation
import Schema

/// Finds the groups that rows and claims are about, and collects what is wrong with them.
struct ReportBinder {
    /// Where configs lie.
    private let folder: String
    /// Each is read once; nil for those that cannot be used.
    private var configs: [String: PlannedConfig?] = [:]
    /// A group is shown in one row only.
    private var taken: [String: Set<Int>] = [:]

    private(set) var problems = Problems()

    init(folder: String) { self.folder = folder }

    mutating func study(_ said: ReportedStudy, at place: Place) -> ReportPlan.Study {
        let rows = said.rows.indices.map { row(said.rows[$0], at: place["rows"]?[$0] ?? place) }
        let claims = said.claims.indices.compactMap { claim(said.claims[$0], at: place["claims"]?[$0] ?? place) }
        return ReportPlan.Study(said: said, rows: rows, claims: claims)
    }

    private mutating func row(_ said: ReportedRow, at place: Place) -> ReportPlan.Row {
        guard said.notRun == nil, let config = config(said.config, at: place["config"] ?? place) else {
            return ReportPlan.Row(said: said, groups: [])
        }
        let chosen = config.groups.indices.filter { said.settings.contains(config.groups[$0].values) }
        let own = chosen.filter { taken[said.folder]?.contains($0) != true }
        if own.isEmpty {
            let isTaken = !chosen.isEmpty
            let message = isTaken ? "other rows are about these runs already" : "the config has no such combination"
            let remedy = isTaken ? "leave one of them out" : Self.remedy(config)
            problems.append((place["settings"] ?? place["config"] ?? place).problem(message, remedy: remedy))
        }
        taken[said.folder, default: []].formUnion(own)
        return ReportPlan.Row(said: said, groups: own.map { config.groups[$0] })
    }

    private mutating func claim(_ said: ReportedClaim, at place: Place) -> ReportPlan.Claim? {
        let first = side(said.first, in: place["first"] ?? place)
        var other = said.second
        // What belongs to another config cannot be as in this one.
        if other.config == nil { other.settings = other.settings ?? said.first.settings }
        if other.config == nil { other.runs = other.runs ?? said.first.runs }
        other.config = other.config ?? said.first.config
        other.figure = other.figure ?? said.first.figure
        let second = side(other, in: place["second"] ?? place)
        guard let first, let second else { return nil }
        return ReportPlan.Claim(said: said, first: first, second: second)
    }

    private mutating func side(_ side: ClaimSide, in place: Place) -> ReportPlan.Side? {
        guard let name = side.config, let figure = side.figure, let config = config(name, at: place["config"] ?? place)
        else { return nil }
        let choice = side.settings ?? .all
        let groups = config.groups.filter { choice.contains($0.values) }
        guard !groups.isEmpty else {
            let message = "the config has no such combination"
            problems.append((place["settings"] ?? place).problem(message, remedy: Self.remedy(config)))
            return nil
        }
        let title = name.split(separator: "/").last.map(String.init) ?? name
        let said = choice.paths.isEmpty ? "" : groups.map { words($0.values, choice.paths) }.joined(separator: "; ")
        return ReportPlan.Side(
            label: side.label ?? (said.isEmpty ? title : said), folder: side.runs ?? name, groups: groups,
            figure: figure)
    }

    private mutating func config(_ name: String, at place: Place) -> PlannedConfig? {
        if let known = configs[name] { return known }
        let path = "\(folder)/\(name).json"
        var config: PlannedConfig?
        if FileManager.default.fileExists(atPath: path) {
            do {
                config = try PlannedConfig(ConfigDocument(reading: path))
            } catch let error as Problems {
                let first = error.list.first?.rendered(file: error.file) ?? ""
                problems.append(place.problem("the config cannot be used: \(first)"))
            } catch {
                problems.append(place.problem("\(error)"))
            }
        } else {
            problems.append(
                place.problem(
                    "unknown config \(quoted(name))",
                    remedy: suggestion(for: name, among: known).map { "did you mean \(quoted($0))?" }))
        }
        configs[name] = .some(config)
        return config
    }

    /// The names of all configs in the folder.
    private var known: [String] {
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(".json".count)) }.sorted()
    }

    private static func remedy(_ config: PlannedConfig) -> String {
        let all = config.groups.prefix(20).map { JSON(.object($0.values)).compact }
        return all == ["{}"] ? "nothing varies in it" : "known: \(all.joined(separator: ", "))"
    }
}

/// Settings in few words: `hidden [768], drop 0.3`, of all paths or some.
func words(_ values: [JSON.Member], _ paths: Set<String>? = nil) -> String {
    let titles = shortPathTitles(values.map(\.key))
    return values.filter { paths?.contains($0.key) ?? true }.map { member in
        "\(titles[member.key] ?? member.key) \(briefWord(member.value))"
    }.joined(separator: ", ")
}
