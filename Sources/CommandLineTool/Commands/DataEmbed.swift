import Analysis
import Datasets
import Experiments
import Kernels
import Reporting
import Schema

/// `data embed`: images as points of the plane, near those that they resemble.
struct DataEmbedding {
    private enum Part: String, CaseIterable, Setting { case train, test }
    enum Method: String, CaseIterable, Setting { case pca, tsne }

    private static let method = Option(
        "method", "METHOD", as: Method.format, "embed: tsne (the default), or pca for two principal components")
    private static let part = Option("part", "PART", as: Part.format, "embed: train (the default) or test")
    private static let perplexity = Option(
        "perplexity", "X", as: Double.format(in: 1...200),
        "embed: about how many neighbours of each image count (default: 30)"
    )
    private static let iterations = Option(
        "iterations", "N", as: Int.format(in: 1...1_000_000), "embed: steps of t-SNE (default: 1000)")
    private static let neighbours = Option(
        "neighbours", "N", as: Int.format(in: 1...1000), "embed: neighbours that trustworthiness looks at (default: 5)")
    private static let run = Option(
        "run", "RUN", as: String.format, "embed: what a trained model makes of the images instead of their pixels")
    private static let layer = Option(
        "layer", "NAME", as: String.format, "embed: which layer of that model (default: the one before the last)")

    /// What only this action takes.
    static let options: [any AnyOption] = [
        method, part, perplexity, iterations, neighbours, run, layer,
    ]

    private let call: Call
    private let library: DataLibrary
    private let name: String

    init(of name: String, _ library: DataLibrary, _ call: Call) {
        self.name = name
        self.library = library
        self.call = call
    }

    /// Embeds, writes and reports.
    func run() throws -> ExitCode {
        let method = call[Self.method] ?? .tsne
        let (path, format) = try output(method)
        let (setName, images) = try chosenImages()
        try checkPerplexity(images.count, method)
        StopSignals.listen()
        defer { StopSignals.stopListening() }
        // A place that cannot be written is known before anything is computed.
        let file = try AtomicFile(at: path)
        let clock = ContinuousClock()
        let began = clock.now
        let team = Team(threads: call.threads)
        let (points, source) = try points(of: images, team: team)
        guard let plane = try embed(points, method, team: team) else { return stopped }
        let result = try EmbeddingResult(
            name: setName, part: (call[Self.part] ?? .train).rawValue, source: source, method: plane.method,
            points: plane.points, of: images,
            neighbours: call[Self.neighbours] ?? Self.defaultNeighbours, from: points, path: path, team: team)
        guard StopSignals.exitCode == nil else { return stopped }
        try result.write(to: file, as: format, theme: call[DataOptions.theme] ?? .light)
        call.print(json: result.json, text: result.text)
        if !call[Common.quiet] { call.console.say("\(duration((clock.now - began).inSeconds))") }
        return .success
    }

    /// How a command ends that a signal ended.
    private var stopped: ExitCode {
        call.console.say("stopped; nothing was written")
        return StopSignals.exitCode ?? .interrupted
    }

    private static let defaultImages = 10_000
    private static let defaultNeighbours = 5

    /// The images asked for, which must be there and enough for their neighbours to be judged.
    private func chosenImages() throws -> (setName: String, images: Dataset) {
        let parts = try name.contains("/") ? library.load(folder: name) : library.load(name)
        let part = call[Self.part] ?? .train
        let all = part == .train ? parts.training : parts.test
        let wanted = call[DataOptions.images] ?? min(Self.defaultImages, all.count)
        guard wanted <= all.count else {
            throw call.misuse(
                "\(displayable(parts.name)) has \(grouped(all.count)) \(part == .train ? "training" : "test") images, "
                    + "not \(grouped(wanted))", remedy: "--images \(all.count) takes all of them")
        }
        let needed = 2 * (call[Self.neighbours] ?? Self.defaultNeighbours) + 1
        guard wanted >= needed else {
            throw call.misuse(
                "\(grouped(wanted)) images are too few to judge their neighbours",
                remedy: "choose at least \(needed) images, or fewer --neighbours")
        }
        return (parts.name, all.limited(to: wanted))
    }

    private func checkPerplexity(_ images: Int, _ method: Method) throws(UsageError) {
        let perplexity = call[Self.perplexity] ?? Double(TSNE().perplexity)
        guard method == .pca || perplexity < Double(images) else {
            throw call.misuse(
                "a perplexity of \(significant(perplexity, digits: 6)) needs more than \(grouped(images)) images",
                remedy: "choose a --perplexity of about \(max(1, images / 4)), or more --images")
        }
    }

    private func output(_ method: Method) throws(UsageError) -> (path: String, format: EmbeddingFormat) {
        let folderName = name.split(separator: "/").last.map(String.init) ?? name
        let path = call[DataOptions.out] ?? "\(folderName)-\(method.rawValue).svg"
        guard let format = EmbeddingFormat(of: path) else {
            let known = EmbeddingFormat.allCases.map { ".\($0.rawValue)" }.joined(separator: ", ")
            throw call.misuse("\(quoted(path)) is a file of no known kind", remedy: "its name can end in \(known)")
        }
        if call[DataOptions.theme] != nil, format != .png {
            throw call.misuse("--theme: only PNG files have one", remedy: "add --out FILE.png")
        }
        return (path, format)
    }

    /// Pixels, or what a layer of a run's model makes of them.
    private func points(of images: Dataset, team: Team) throws -> (Points, EmbeddingResult.Source) {
        guard let path = call[Self.run] else {
            guard call[Self.layer] == nil else {
                throw call.misuse("--layer is the layer of a run", remedy: "name the run by --run RUN")
            }
            return (try Points(pixels: images.pixels, dimensions: images.imageSize), .pixels)
        }
        let run = try FinishedRun(at: path)
        let config = try call.loadConfig(run.configPath)
        let (layer, features) = try run.features(
            of: images, layer: call[Self.layer], config.config, library: library, team: team)
        return (try Points(features.values, dimensions: features.count), .layer(layer, run: path))
    }

    /// The points in the plane; nil where a signal ended it.
    private func embed(
        _ points: Points, _ method: Method, team: Team
    ) throws -> (points: [PlanePoint], method: EmbeddingResult.Method)? {
        switch method {
        case .pca:
            let components = try PrincipalComponents(of: points, count: 2, team: team)
            return (
                try components.project(points, team: team).inPlane, .pca(varianceRatios: components.varianceRatios)
            )
        case .tsne:
            let settings = TSNE(
                perplexity: Float(call[Self.perplexity] ?? Double(TSNE().perplexity)),
                iterations: call[Self.iterations] ?? TSNE().iterations)
            let progress = EmbeddingProgress(
                ProgressBlock(mode: call.progressWriter.mode), style: call.console.messageStyle,
                iterations: settings.iterations)
            defer { progress.end() }
            let found = try settings.embed(points, team: team) { iteration in
                progress.show(iteration)
                return StopSignals.exitCode == nil
            }
            return found.map { ($0.points, .tsne(settings, divergence: $0.divergence)) }
        }
    }
}
