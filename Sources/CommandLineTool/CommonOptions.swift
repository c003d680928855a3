import Datasets
import Experiments
import Foundation
import Kernels
import Machine
import Reporting
import Schema

/// Options that several commands share, each described once.
enum Common {
    static let set = Repeated(
        "set", "PATH=VALUE", as: String.format, "override a config value: training.batch_size=64")
    static let seed = Option("seed", "N", as: Int.format(in: 0...(1 << 53)), "the same as --set seed=N")
    static let epochs = Option("epochs", "N", as: Int.format(in: 0...1_000_000), "the same as --set training.epochs=N")
    static let threads = Option(
        "threads", "N", as: Int.format(in: 1...Team.mostThreads),
        "threads to compute with (default: as many as there are processors given to the tool); never changes a result")
    static let data = Option("data", "DIR", as: String.format, "where data sets are looked for first")
    static let offline = Flag("offline", "never touch the network")
    static let quiet = Flag("quiet", "print results only")
    static let json = Flag("json", "one JSON document on stdout instead of text")
    static let noPictures = Flag("no-pictures", "leave out the .svg files and the pages")
    static let tensorBoard = Flag("tensorboard", "also write events for TensorBoard, in a folder of each run directory")
    static let html = Option(
        "html", "FILE", as: String.format, "write everything as one HTML page, with charts (-: to standard output)")
    static let progress = Option(
        "progress", "WHEN", as: ProgressChoice.format,
        "when to show progress: auto, always or never; or chart, for curves that grow while a training runs")

    static let junit = Option(
        "junit", "FILE", as: String.format,
        "write the verdicts on expectations, and what failed, as JUnit XML, for CI systems")

    /// What decides a config's values.
    static let configuration: [any AnyOption] = [set, seed, epochs]
    /// What decides where data come from.
    static let location: [any AnyOption] = [data, offline]

    enum ProgressChoice: String, CaseIterable, Setting { case auto, always, never, chart }
}

extension Call {
    /// The config that a path, or a built-in config's name, stands for, with the overrides of the options.
    func loadConfig(_ path: String) throws -> ResolvedConfig {
        let (document, overrides) = try loadDocument(path)
        return try document.resolved(with: overrides)
    }

    /// A config as it was written, and what the options put into it.
    func loadDocument(_ path: String) throws -> (document: ConfigDocument, overrides: [Override]) {
        var overrides: [Override] = []
        var problems = Problems()
        for text in self[Common.set] {
            do { overrides.append(try Override(parsing: text)) } catch { problems.append(error) }
        }
        if problems.count > 0 { throw problems }
        let shorthands = [
            self[Common.seed].flatMap { Override("seed", JSON($0), source: "--seed \($0)") },
            self[Common.epochs].flatMap { Override("training.epochs", JSON($0), source: "--epochs \($0)") },
            self[SweepOptions.until].flatMap { Override("sweep.until.precision", JSON($0), source: "--until \($0)") },
        ]
        overrides += shorthands.compactMap(\.self)
        let document: ConfigDocument
        do { document = try ConfigDocument(named: path) } catch { throw ConfigUnreadable(cause: error) }
        return (document, overrides)
    }

    /// The number of threads to compute with, and who says so.
    var grantedThreads: Grant {
        self[Common.threads].map { Grant($0, by: .option(Common.threads.name)) } ?? Given.toThisProcess.processors
    }

    /// The number of threads to compute with.
    var threads: Int { grantedThreads.amount }

    /// Says which variables were meant to set the number of threads, where that is what decides, and cannot be understood.
    func warnOfIgnoredVariables() {
        guard command.options.contains(where: { $0.name == Common.threads.name }), self[Common.threads] == nil else {
            return
        }
        warn(
            Problems(
                Given.toThisProcess.ignored.map {
                    Problem(
                        "\($0.name) is ignored: expected a whole number from 1 on, found \(quoted($0.value))",
                        remedy: "--threads sets the number of threads")
                }))
    }

    /// Says where `--data` names a folder in which nothing will be found, for other places are searched then.
    func warnOfUselessData() {
        guard let folder = self[Common.data], let problem = DataSearch.problem(with: folder) else { return }
        warn(Problems([Problem("--data: \(problem)", remedy: "the other places are searched instead")]))
    }

    /// Where data sets are looked for, seen from a config's folder, whether the network may help, and how many threads read.
    func library(for configPath: String) -> DataLibrary {
        let folder = configPath == "-" ? "." : URL(fileURLWithPath: configPath).deletingLastPathComponent().path
        var fetch = Fetch()
        if !self[Common.quiet], self[Common.progress] != .never {
            let progress = FetchProgress()
            fetch.progress = { progress.show($0) }
            fetch.ended = { progress.end() }
        }
        var library = DataLibrary(
            search: DataSearch(option: self[Common.data], projectFolder: folder),
            fetch: self[Common.offline] ? nil : fetch)
        library.threads = threads
        return library
    }

    var progressWriter: ProgressWriter {
        switch self[Common.progress] ?? .auto {
        case .never: ProgressWriter(mode: .silent)
        case .always: self[Common.quiet] ? ProgressWriter(mode: .silent) : ProgressWriter(mode: .redrawn)
        case .auto, .chart: self[Common.quiet] ? ProgressWriter(mode: .silent) : ProgressWriter()
        }
    }
}
