import Analysis
import Datasets
import Kernels
import Reporting
import Schema

/// What came of an embedding: where the points lie, and how far that can be trusted.
struct EmbeddingResult {
    /// What the points were before.
    enum Source {
        case pixels
        case layer(String, run: String)
    }

    /// How they came into the plane.
    enum Method {
        case pca(varianceRatios: [Double])
        case tsne(TSNE, divergence: Double)
    }

    private let name: String
    private let part: String
    private let source: Source
    private let method: Method
    private let points: [PlanePoint]
    private let labels: [UInt8]
    private let classNames: [String]
    private let neighbours: Int
    private let path: String
    private let trust: Double
    private let accuracy: Double

    /// Judges an embedding by its neighbours.
    init(
        name: String, part: String, source: Source, method: Method, points: [PlanePoint], of images: Dataset,
        neighbours: Int, from space: Points, path: String, team: Team
    ) throws {
        self.name = name
        self.part = part
        self.source = source
        self.method = method
        self.points = points
        labels = images.labels
        classNames = images.classNames
        self.neighbours = neighbours
        self.path = path
        trust = try trustworthiness(of: points, from: space, neighbours: neighbours, team: team)
        accuracy = try nearestNeighbourAccuracy(of: points, labels: labels, team: team)
    }

    /// Puts the points into their file, as a table or a picture.
    func write(to file: consuming AtomicFile, as format: EmbeddingFormat, theme: Theme) throws(FileError) {
        let bytes =
            switch format {
            case .svg: Array(picture.svg.utf8)
            case .png: picture.png(theme: theme)
            case .csv: Array(table.text.utf8)
            }
        try file.write(bytes.span.bytes)
        try file.commit()
    }

    private var table: CSV {
        CSV(header: ["x", "y", "label"], rows: zip(points, labels).map { ["\($0.x)", "\($0.y)", "\($1)"] })
    }

    private var picture: Plot {
        EmbeddingPicture(
            "\(grouped(points.count)) images of \(name), \(part)", subtitle: method.text, points, labels: labels,
            classNames: classNames,
            note: "Trustworthiness \(fixed(trust, digits: 4)) of \(neighbours) neighbours; the nearest neighbour of "
                + "\(percent(accuracy, digits: 1)) of the images is of their class."
        ).plot
    }

    /// One line a figure.
    var text: String {
        var lines = [
            ("images", "\(grouped(points.count)) of \(displayable(name)), \(part)"), ("of each", source.text),
            ("method", method.text),
            ("trustworthiness", "\(fixed(trust, digits: 4)) of \(neighbours) neighbours"),
            ("same class", "\(percent(accuracy)) of nearest neighbours in the plane"),
        ]
        if case .tsne(_, let divergence) = method { lines.append(("divergence", fixed(divergence, digits: 4))) }
        lines.append(("written", displayable(path)))
        return lines.map { "\(padded($0, to: 17))\($1)\n" }.joined()
    }

    /// The document that `--json` prints.
    var json: JSON {
        var members: [JSON.Member] = [
            .init("name", JSON(name)), .init("part", JSON(part)), .init("images", JSON(points.count)),
        ]
        if case .layer(let layer, let run) = source {
            members += [.init("run", JSON(run)), .init("layer", JSON(layer))]
        }
        switch method {
        case .pca(let ratios):
            members += [.init("method", "pca"), .init("explained_variance_ratio", JSON(ratios))]
        case .tsne(let settings, let divergence):
            members += [
                .init("method", "tsne"), .init("perplexity", JSON(Double(settings.perplexity))),
                .init("iterations", JSON(settings.iterations)), .init("divergence", JSON(divergence)),
            ]
        }
        members += [
            .init("neighbours", JSON(neighbours)), .init("trustworthiness", JSON(trust)),
            .init("nearest_neighbour_accuracy", JSON(accuracy)), .init("out", JSON(path)),
        ]
        return JSON(.object(members))
    }
}

extension EmbeddingResult.Source {
    fileprivate var text: String {
        switch self {
        case .pixels: "its pixels"
        case .layer(let layer, let run): "what \(displayable(layer)) of \(displayable(run)) gives"
        }
    }
}

extension EmbeddingResult.Method {
    fileprivate var text: String {
        switch self {
        case .pca(let ratios):
            "two principal components, " + ratios.map { percent($0, digits: 1) }.joined(separator: " and ")
                + " of the variance"
        case .tsne(let settings, _):
            "t-SNE, perplexity \(significant(Double(settings.perplexity), digits: 6)), "
                + "\(grouped(settings.iterations)) iterations"
        }
    }
}
