import Experiments
import Reporting
import Schema

extension Command {
    private static let layer = Option(
        "layer", "NAME", as: String.format, "filters or maps of this layer (default: the first convolution; all layers)"
    )
    private static let image = Option(
        "image", "IMAGE", as: String.format, "maps and saliency of a test image by its number, or of a picture's file")
    private static let count = Option(
        "count", "N", as: Int.format(in: 1...1_000_000),
        "how many filters, maps of a layer, mistakes, pairs, or classes of saliency")
    private static let everything = Flag("all", "all of them")
    private static let out = Option(
        "out", "PATH", as: String.format, "a folder, or for one picture a .svg or .png file (default: RUN/pictures)")
    private static let theme = Option(
        "theme", "NAME", as: Theme.format, "write PNG files: light or dark")

    private static let subjects = InspectionSubject.allCases.map(\.rawValue)

    static let inspect = Command(
        "inspect", "what a run's model has learned and gets wrong, as pictures",
        arguments: [
            .one("RUN", "a run directory"),
            .any("PICTURE", "\(subjects.joined(separator: ", ")) (default: all of these)", words: subjects),
        ],
        options: [layer, image, count, everything, out, theme, Common.threads] + Common.location + [
            Common.json, Common.quiet,
        ],
        examples: [
            Example("inspect runs/warmup", "all pictures into runs/warmup/pictures, and what stands out"),
            Example("inspect runs/warmup filters --all --out filters.png", "every filter of the first convolution"),
            Example("inspect runs/warmup maps saliency --image 7", "what the model sees in a test image"),
            Example("inspect runs/warmup maps --layer conv2d_1 --image seven.png --out maps.svg", "and in another one"),
        ]
    ) { call in
        let chosen = try chosenSubjects(of: call)
        let path = call.operands[0]
        let destination = try PictureDestination(call[out] ?? "\(path)/pictures", theme: call[theme], in: call)
        if !destination.isFolder, chosen.count > 1 {
            throw call.misuse(
                "--out: \(chosen.count) pictures do not fit into one file",
                remedy: "choose one, as in inspect RUN \(chosen[0].rawValue), or give a folder")
        }
        let run = try FinishedRun(at: path)
        let inspection = try Inspection(
            run, call.loadConfig(run.configPath).config, library: call.library(for: run.configPath),
            threads: call.threads)
        let choice = InspectionChoice(
            layer: call[layer], image: call[image].map { Int($0).map { .test($0) } ?? .file($0) },
            count: call[everything] ? .max : call[count])
        let written = try write(chosen, of: inspection, choice, to: destination, call)
        let report = try InspectionReport(inspection, subjects: chosen, choice)
        call.print(
            json: JSON(
                .object(
                    [.init("run", JSON(path)), .init("name", JSON(inspection.name))] + report.members()
                        + [.init("pictures", JSON(written))])),
            text: report.text(width: call.console.tableWidth))
        if !call[Common.quiet], !call[Common.json] {
            for path in written { call.console.say(displayable(path)) }
        }
        return .success
    }

    private static func chosenSubjects(of call: Call) throws(UsageError) -> [InspectionSubject] {
        var chosen: Set<InspectionSubject> = []
        for word in call.operands.dropFirst() {
            guard let subject = InspectionSubject(rawValue: word) else {
                throw call.misuse("there is no picture \(quoted(word))", remedy: remedy(for: word, among: subjects))
            }
            chosen.insert(subject)
        }
        if call[everything], call[count] != nil { throw call.misuse("--all and --count exclude each other") }
        // In one order, whatever was typed.
        return InspectionSubject.allCases.filter { chosen.isEmpty || chosen.contains($0) }
    }

    /// Writes the pictures; of several, those that the model cannot give are left out and told.
    private static func write(
        _ subjects: [InspectionSubject], of inspection: Inspection, _ choice: InspectionChoice,
        to destination: PictureDestination, _ call: Call
    ) throws -> [String] {
        var written: [String] = []
        for subject in subjects {
            do {
                written.append(try destination.write(inspection.plot(of: subject, choice), named: subject.rawValue))
            } catch let error as InspectionError where error.isAboutFilters && subjects.count > 1 {
                if !call[Common.quiet] { call.console.say("without filters: \(error)") }
            }
        }
        return written
    }
}
