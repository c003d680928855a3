import Analysis
import Reporting
import Schema

/// What an inspection says in words and numbers, beside its pictures.
package struct InspectionReport: Sendable {
    private let name: String
    private let verdicts: Verdicts?
    private let calibration: Calibration?
    private let subjects: Set<InspectionSubject>
    private let classNames: [String]
    private let calibrationSummary: String

    private let countOfMistakes: Int

    /// Of images nothing is asked for subjects that need none.
    package init(_ inspection: Inspection, subjects: [InspectionSubject], _ choice: InspectionChoice) throws {
        name = inspection.name
        countOfMistakes = choice.count ?? Self.listedMistakes
        self.subjects = Set(subjects)
        verdicts = subjects.contains(where: \.judges) ? try inspection.verdicts() : nil
        calibration = verdicts.map { Calibration($0) }
        classNames = (0..<inspection.network.classes).map(inspection.className)
        calibrationSummary = calibration.map(inspection.summary) ?? ""
    }

    private static let shownPairs = 5
    private static let listedMistakes = 100

    /// A few lines for a terminal.
    package func text(width: Int) -> String {
        guard let verdicts else { return "" }
        var text =
            "\(displayable(name)): \(percent(verdicts.accuracy)) of \(grouped(verdicts.all.count)) test images "
            + "classified correctly\n"
        let pairs = verdicts.confusedPairs.prefix(Self.shownPairs)
        if subjects.contains(.pairs), !pairs.isEmpty {
            let table = TextTable(
                ["most confused", .right("images"), .right("of the class")],
                rows: pairs.map { pair in
                    [
                        "\(classNames[pair.label]) → \(classNames[pair.predicted])", grouped(pair.count),
                        percent(pair.share),
                    ]
                })
            text += "\n" + table.text(width: width)
        }
        if subjects.contains(.calibration) {
            text += "\n" + wrapped(calibrationSummary, to: width).joined(separator: "\n") + "\n"
        }
        return text
    }

    /// The numbers behind the pictures.
    package func members() -> [JSON.Member] {
        guard let verdicts, let calibration else { return [] }
        var members: [JSON.Member] = [
            .init("images", JSON(verdicts.all.count)), .init("accuracy", JSON(verdicts.accuracy)),
            .init("loss", JSON(verdicts.loss)),
        ]
        if subjects.contains(.mistakes) {
            members.append(.init("mistakes", JSON(.array(verdicts.mistakes.prefix(countOfMistakes).map(json)))))
        }
        if subjects.contains(.pairs) { members.append(.init("pairs", JSON(.array(verdicts.confusedPairs.map(json))))) }
        if subjects.contains(.calibration) {
            members += [
                .init("expected_calibration_error", JSON(calibration.expectedError)),
                .init("mean_confidence", JSON(calibration.confidence)),
                .init("calibration", JSON(.array(calibration.bins.map(json)))),
            ]
        }
        return members
    }

    private func json(_ verdict: Verdicts.Verdict) -> JSON {
        [
            "image": JSON(verdict.image), "true": JSON(verdict.label), "predicted": JSON(verdict.predicted),
            "confidence": JSON(Double(verdict.confidence)), "loss": JSON(Double(verdict.loss)),
        ]
    }

    private func json(_ pair: ConfusedPair) -> JSON {
        [
            "true": JSON(pair.label), "predicted": JSON(pair.predicted), "count": JSON(pair.count),
            "of": JSON(pair.labelCount),
        ]
    }

    private func json(_ bin: Calibration.Bin) -> JSON {
        [
            "from": JSON(bin.bounds.lowerBound), "to": JSON(bin.bounds.upperBound), "count": JSON(bin.count),
            "confidence": JSON(bin.confidence), "accuracy": JSON(bin.accuracy),
        ]
    }
}

extension InspectionSubject {
    /// Whether it tells how good the network's answers are.
    fileprivate var judges: Bool { [.mistakes, .pairs, .calibration].contains(self) }
}
