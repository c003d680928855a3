extension ReportPlan {
    /// What rows, tables and claims ask of the runs of each folder.
    var figures: [String: Set<Figure>] {
        var asked: [String: Set<Figure>] = [:]
        for study in studies {
            for row in study.rows {
                let at = row.said.at ?? study.said.at
                let figures =
                    row.said.reported.map(\.figure) + ReportLine.quantities.map { Figure(quantity: $0, place: nil) }
                asked[row.said.folder, default: []].formUnion(figures.map { $0.placed(at: at) })
            }
            for side in study.claims.flatMap({ [$0.first, $0.second] }) {
                asked[side.folder, default: []].insert(side.figure.placed(at: study.said.at))
            }
        }
        return asked
    }
}
