import Analysis
import Datasets
import Kernels
import Layers
import Reporting
import Schema
import Tensors
import Training

/// A finished run's network, opened to be looked into.
///
///     let inspection = try Inspection(FinishedRun(at: "runs/warmup"), config, library: library, threads: 2)
///     let plot = try inspection.plot(of: .filters, InspectionChoice())
package final class Inspection {
    /// What the run's config calls it.
    package let name: String
    package let network: Network
    let team: Team
    private let config: ExperimentConfig
    private let library: DataLibrary
    private var loaded: Dataset?
    private var judged: Verdicts?
    private let knownNames: [String]

    /// Data are loaded only when something is asked of them.
    package init(_ run: FinishedRun, _ config: ExperimentConfig, library: DataLibrary, threads: Int) throws {
        name = config.name
        network = try run.network(config, library: library)
        team = Team(threads: threads)
        self.config = config
        self.library = library
        knownNames = config.dataset.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames ?? []
    }

    /// A run that has just been tested, whose images and verdicts are at hand.
    init(_ run: RunView, _ verdicts: Verdicts) {
        name = run.config.name
        network = run.network
        // The pictures that need threads are not drawn of a run that has just ended.
        team = Team(threads: 1)
        config = run.config
        library = DataLibrary(fetch: nil)
        loaded = run.data.test
        judged = verdicts
        knownNames = []
    }

    /// The images that the run was tested with.
    package func testImages() throws -> Dataset {
        if let loaded { return loaded }
        let parts = try ExperimentData.parts(config.dataset, library: library)
        let images = parts.test.limited(to: config.dataset.testLimit)
        let shape = Shape(images.height, images.width, images.channels)
        guard shape == network.input else { throw InspectionError.images(shape, model: network.input) }
        try network.check(classes: images.classes)
        loaded = images
        return images
    }

    /// What the network says of the test images.
    package func verdicts() throws -> Verdicts {
        if let judged { return judged }
        let images = try testImages()
        let verdicts = Verdicts(try Evaluation(of: network, on: images, team: team), of: images)
        judged = verdicts
        return verdicts
    }

    /// How people call a class.
    package func className(_ number: Int) -> String {
        let names = loaded?.classNames ?? knownNames
        return displayable(number < names.count ? names[number] : "\(number)")
    }

    /// The picture of one subject.
    package func plot(of subject: InspectionSubject, _ choice: InspectionChoice) throws -> Plot {
        switch subject {
        case .filters: try filterPlot(choice)
        case .maps: try featureMapPlot(choice)
        case .saliency: try saliencyPlot(choice)
        case .mistakes: try mistakePlot(choice)
        case .pairs: try pairPlot(choice)
        case .calibration: try calibrationPlot()
        }
    }
}

/// What can be looked at.
package enum InspectionSubject: String, Sendable, CaseIterable {
    case filters, maps, saliency, mistakes, pairs, calibration
}

/// What of it is shown.
package struct InspectionChoice: Sendable {
    /// An image to look at.
    package enum Image: Sendable, Hashable {
        /// One of the test images, from 0.
        case test(Int)
        /// The first picture of a file.
        case file(String)
    }

    /// Of which layer filters or feature maps are shown; nil for the first, or for all.
    package var layer: String?
    package var image: Image?
    /// How many filters, maps of a layer, or images.
    package var count: Int?

    package init(layer: String? = nil, image: Image? = nil, count: Int? = nil) {
        self.layer = layer
        self.image = image
        self.count = count
    }

    /// As many as were asked for, but not more than there are.
    func count(of total: Int, default usual: Int) -> Int { min(total, count ?? usual) }
}

/// Why there is nothing to be seen.
package enum InspectionError: Error, Sendable, CustomStringConvertible {
    case noConvolution
    case noLayer(String, known: [String])
    case noFilters(layer: String, known: [String])
    case image(Int, count: Int)
    case images(Shape, model: Shape)

    /// Whether the model gives everything but filters.
    package var isAboutFilters: Bool {
        switch self {
        case .noConvolution, .noFilters: true
        default: false
        }
    }

    /// One line with the remedy.
    package var description: String {
        switch self {
        case .noConvolution: "the model has no convolution, and so no filters to look at"
        case .noLayer(let name, let known):
            "the model has no layer \(quoted(name)); \(remedy(for: name, among: known) ?? "it has none at all")"
        case .noFilters(let layer, let known):
            "\(quoted(layer)) is no convolution and has no filters; \(known.joined(separator: ", ")) "
                + (known.count == 1 ? "has some" : "have some")
        case .image(let number, let count):
            "there is no test image \(number): they are numbered from 0 to \(count - 1)"
        case .images(let shape, let model):
            "the test images are \(shape), but the run's model takes \(model); "
                + "the data are not those of the run any more"
        }
    }
}
