/// Kinds of files that an embedding can be written as, by the ends of their names.
enum EmbeddingFormat: String, CaseIterable {
    case svg, png, csv

    init?(of path: String) {
        guard let dot = path.lastIndex(of: "."), dot > path.startIndex else { return nil }
        self.init(rawValue: path[path.index(after: dot)...].lowercased())
    }
}
