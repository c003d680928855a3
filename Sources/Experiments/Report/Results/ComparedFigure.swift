/// A reported figure, ours, and what comes of it.
struct ComparedFigure: Sendable {
    /// Numbers of parameters are known exactly, and are no figures of a run.
    enum Subject: Sendable, Equatable {
        case figure(Figure)
        case parameters
        case trainable
    }

    let subject: Subject
    let reported: ReportedValue
    /// Over the seeds; nil without runs that have it.
    let ours: Sample?
    let judgement: Judgement

    /// Everything that was reported of a row, in its order.
    static func all(
        of said: ReportedRow, at place: EpochPlace, tolerance: Double, _ runs: [RunFigures]
    ) -> [ComparedFigure] {
        let lack: Judgement = runs.isEmpty ? .notRun : .unknown
        let counts = [
            said.parameters.map { ComparedFigure(.parameters, $0, runs.compactMap(\.parameters), lack: lack) },
            said.trainable.map {
                ComparedFigure(.trainable, $0, runs.compactMap(\.circumstances.trainable), lack: lack)
            },
        ]
        let figures = said.reported.map { reported in
            let sample = reported.figure.sample(of: runs, at: place)
            let isAccuracy = reported.figure.quantity.isAccuracy
            return ComparedFigure(
                subject: .figure(reported.figure), reported: reported.value, ours: sample,
                judgement: sample.map {
                    reported.value.judged(by: $0.mean, isAccuracy: isAccuracy, tolerance: tolerance)
                } ?? lack)
        }
        return counts.compactMap(\.self) + figures
    }
}

extension ComparedFigure {
    /// A number that has to be the same in every run.
    private init(_ subject: Subject, _ reported: Int, _ ours: [Int], lack: Judgement) {
        self.init(
            subject: subject, reported: .values([Double(reported)]),
            ours: ours.isEmpty ? nil : Sample(ours.map(Double.init)),
            judgement: ours.isEmpty ? lack : ours.allSatisfy { $0 == reported } ? .agrees : .disagrees)
    }
}
