import Datasets
import Reporting
import Schema

/// The pictures of run and sweep directories, as `plot` draws them.
package struct RunPictures: Sendable {
    package enum Subject: Sendable {
        /// Curves, or the figures that come of them.
        case figures
        case confusion
    }

    /// A picture, and what its file is called where nobody says.
    package struct Picture: Sendable {
        package let name: String
        package let plot: Plot
        /// Where the run or sweep has the same picture already.
        package let original: String?
    }

    package private(set) var pictures: [Picture] = []
    package private(set) var errors: [any Error] = []

    private let style: CurveStyle
    private let subject: Subject

    /// Reads directories, each a run's or a sweep's. One run gives its curves and its confusion matrix, several one chart;
    /// sweeps give a chart each.
    ///
    /// Files with figures of their own (FiguresPicture.swift) give a chart each, too.
    package init(_ operands: [String], style: CurveStyle = CurveStyle(), subject: Subject = .figures) {
        self.style = style
        self.subject = subject
        let files = operands.filter { $0.hasSuffix(".json") && isFile($0) }
        for file in files { addFigures(file) }
        let directories = operands.filter { !files.contains($0) }
        if directories.isEmpty, !files.isEmpty { return }
        let reader = RunReader(directories)
        errors = reader.errors
        if subject == .confusion {
            let names = shortNames(of: reader.runs.map(\.directory))
            // Among several the directory tells more than the config's name, which they may share.
            for (run, name) in zip(reader.runs, names) { addConfusion(run, names.count > 1 ? name : nil) }
        } else if !reader.sweeps.isEmpty, reader.sweeps.count == directories.count {
            for sweep in reader.sweeps { add(sweep) }
        } else if reader.runs.count == 1 {
            addCurves(reader.runs[0])
            if reader.runs[0].state != .unfinished, style.metric == nil { addConfusion(reader.runs[0]) }
        } else if !reader.runs.isEmpty {
            addComparison(reader.runs)
        }
    }

    private mutating func addFigures(_ file: String) {
        do {
            add("figures", try FiguresPicture(at: file).plot)
        } catch {
            errors.append(error)
        }
    }

    private mutating func addCurves(_ run: SavedRun) {
        guard checkMetric([run], run.directory) else { return }
        if let metric = style.metric, !metric.isCurve {
            addComparison([run])
            return
        }
        guard run.curves.epochs > 0 || run.state != .unfinished else {
            refuse(
                run.directory, "no epoch of this run has ended yet, so there is nothing to draw", "wait for the first")
            return
        }
        var picture = CurvesPicture(run)
        picture.style = style
        add(
            "curves", picture.plot,
            original: exists(run.directory, .curvesPicture) ? join(run.directory, "curves.svg") : nil)
    }

    private mutating func addComparison(_ runs: [SavedRun]) {
        guard checkMetric(runs, "these runs") else { return }
        guard runs.contains(where: { $0.curves.epochs > 0 || $0.test != nil }) else {
            refuse(runs[0].directory, "no epoch of these runs has ended yet, so there is nothing to draw", nil)
            return
        }
        add("comparison", RunsPicture(runs: runs, names: shortNames(of: runs.map(\.directory)), style: style).plot)
    }

    private mutating func add(_ sweep: SavedSweep) {
        let summary = TrialSummary(sweep.trials, among: ValueNames(sweep.settings))
        guard let decisive = summary.decisive ?? (sweep.trials.isEmpty ? nil : .testAccuracy) else {
            refuse(
                sweep.directory, "no trial of this sweep is finished, so there is nothing to draw",
                "run the sweep, or draw its unfinished trials by their own directories")
            return
        }
        guard checkMetric(sweep.runs, sweep.directory) else { return }
        let picture = SweepPicture(
            name: sweep.name ?? sweep.directory, groups: summary.groups, metric: style.metric ?? decisive,
            isLogarithmic: style.isLogarithmic, countOfOthers: sweep.plannedTrials - sweep.trials.count)
        let file = join(sweep.directory, SweepFile.picture.rawValue)
        add("sweep", picture.plot, original: isFile(file) ? file : nil)
    }

    private mutating func addConfusion(_ run: SavedRun, _ name: String? = nil) {
        guard run.state != .unfinished else {
            refuse(
                run.directory, "this run is not finished, so it has no confusion matrix",
                "continue it with train --resume")
            return
        }
        do {
            let file = join(run.directory, RunFile.confusion.rawValue)
            let table = try CSV(parsing: String(decoding: readFile(file), as: UTF8.self))
            let picture = try ConfusionPicture(name: name ?? run.config["name"]?.text ?? run.directory, table)
            add(
                "confusion", picture.plot,
                original: exists(run.directory, .confusionPicture) ? join(run.directory, "confusion.svg") : nil)
        } catch let error as Problem {
            refuse(join(run.directory, RunFile.confusion.rawValue), error.message, error.remedy)
        } catch {
            errors.append(error)
        }
    }

    /// Whether any run has the figure that is asked for.
    private mutating func checkMetric(_ runs: [SavedRun], _ whose: String) -> Bool {
        guard let metric = style.metric, !runs.contains(where: { $0.metrics[metric] != nil }) else { return true }
        let remedy = metric.needsValidation ? "choose one that needs no validation images" : "choose another metric"
        refuse(whose, "there is no \(metric.rawValue) to draw", remedy)
        return false
    }

    /// Takes a picture under a name that no other has.
    private mutating func add(_ name: String, _ plot: Plot, original: String? = nil) {
        let names = Set(pictures.map(\.name))
        var candidate = name
        var number = 1
        while names.contains(candidate) {
            number += 1
            candidate = "\(name)-\(number)"
        }
        // A picture that was changed by options is not the one in the directory.
        let isOriginal = style.metric == nil && !style.isLogarithmic && style.smoothing == 0
        pictures.append(Picture(name: candidate, plot: plot, original: isOriginal ? original : nil))
    }

    private mutating func refuse(_ place: String, _ message: String, _ remedy: String?) {
        var problems = Problems()
        problems.file = displayable(place)
        problems.append(Problem(message, remedy: remedy))
        errors.append(problems)
    }
}
