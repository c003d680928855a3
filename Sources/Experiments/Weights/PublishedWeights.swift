import Datasets
import Exchange
import Layers
import Reporting
import Schema
import Tensors

/// The file with the weights of a published network that is one of a model's layers.
package struct PublishedWeights: Sendable {
    /// The layer's name.
    let layer: String
    let path: String
}

extension [PlacedLayer] {
    /// The published networks among all layers.
    var published: [(name: String, application: any Application, place: Place?)] {
        named.compactMap { name, placed in
            (placed.layer as? any Application).map { (name, $0, placed.place) }
        }
    }
}

extension ExperimentConfig {
    /// The files with the weights of its published networks; throws if one of them, or that of the initial weights, is missing.
    package func publishedWeights(_ search: DataSearch) throws(MissingWeights) -> [PublishedWeights] {
        let (found, missing) = findWeights(search)
        guard missing.isEmpty else { throw MissingWeights(problems: missing) }
        return found
    }

    /// The files of weights that it names, or that its published networks need, and that are nowhere.
    package func missingWeights(_ search: DataSearch) -> Problems { findWeights(search).missing }

    private func findWeights(_ search: DataSearch) -> (found: [PublishedWeights], missing: Problems) {
        var found: [PublishedWeights] = []
        var missing = Problems()
        missing.file = file.map { displayable($0) }
        if let initial = model.initialWeights, !isFile(initial.file) { missing.append(initial.missing) }
        // What the initial weights replace need not be there.
        guard model.initialWeights?.coversAll != true else { return (found, missing) }
        for (name, application, place) in model.layers.published {
            let place = place ?? Place(nil)
            switch application.weights {
            case nil: continue
            case .file(let path) where isFile(path): found.append(PublishedWeights(layer: name, path: path))
            case .file(let path):
                missing.append(place.problem(at: "weights", "there is no file \(path)", remedy: "check its name"))
            case .imagenet:
                let type = type(of: application)
                if let path = type.found(by: search) {
                    found.append(PublishedWeights(layer: name, path: path))
                } else {
                    missing.append(type.missing(at: place, search))
                }
            }
        }
        return (found, missing)
    }
}

/// Files of weights that a config asks for and that are nowhere: its text may be right, so this is no mistake in it.
package struct MissingWeights: Error, Sendable, CustomStringConvertible {
    /// A line for each, with the place in the config.
    package let problems: Problems
    package var description: String { problems.rendered() }
}

extension InitialWeights {
    /// Says that there is no such file and, where it is a run's, which run comes first.
    fileprivate var missing: Problem {
        let parts = file.split(separator: "/").suffix(3).map(String.init)
        let isOfRun = parts.count == 3 && parts[0] == "runs" && parts[2] == RunFile.model.rawValue
        return Problem(
            "there is no file \(file)", path: "model.initial_weights",
            remedy: isOfRun ? "train \(parts[1]) first" : "check its name")
    }
}

extension Application {
    /// The file of ImageNet's weights: this tool's, or else Keras's own.
    fileprivate static func found(by search: DataSearch) -> String? {
        ([weightsFile] + (kerasFile.map { [$0] } ?? [])).lazy
            .compactMap { search.findWeights($0, in: weightsFolder) }.first
    }

    /// Says which file is missing and where it may lie.
    fileprivate static func missing(at place: Place, _ search: DataSearch) -> Problem {
        let searched = search.weightPlaces.map { "\($0.folder) (\($0.reason))" }.joined(separator: ", ")
        let keras = kerasFile.map { ", or Keras's own \($0)," } ?? ""
        return place.problem(
            at: "weights",
            "\(weightsFile)\(keras) is in none of these folders, nor in a folder \(weightsFolder) there: \(searched)",
            remedy: "put it into one of them, or name a file in \"weights\"")
    }
}

extension Network {
    /// Gives a published network its weights, whichever names the file has for them.
    func load(_ weights: PublishedWeights) throws {
        let prefix = "\(weights.layer)/"
        let wanted = parameters.all.filter { $0.name.hasPrefix(prefix) }
            .map { (name: String($0.name.dropFirst(prefix.count)), parameter: $0) }
        guard let tensors = try publishedTensors(in: weights, wanted: Set(wanted.map(\.name))) else {
            throw WeightsError(
                path: weights.path,
                reasons: [
                    "has no first convolution by any known name: stem_conv/kernel in Keras, conv_stem.weight in timm"
                ])
        }
        // Only Keras's own files have the statistics of images, which hold for all others too.
        let optional = Set(wanted.map(\.name).filter { $0.hasPrefix("normalization/") })
        try use(WeightMatch(wanted, in: tensors, optional: optional), from: weights.path)
    }

    /// The tensors of a file by the network's own names; nil where they cannot be told.
    private func publishedTensors(in weights: PublishedWeights, wanted: Set<String>) throws -> [NamedTensor]? {
        let prefix = "\(weights.layer)/"
        let file = try WeightFile(at: weights.path)
        let tensors = file.tensors(for: flatLayers.filter { $0.name.hasPrefix(prefix) })
        guard case .keras = file else { return namedAsKeras(tensors) }
        // Whatever else the file has, such as a classifier, is not asked for.
        return tensors.compactMap { tensor in
            let name = String(tensor.name.dropFirst(prefix.count))
            guard tensor.name.hasPrefix(prefix), wanted.contains(name) else { return nil }
            return NamedTensor(name: name, shape: tensor.shape, values: tensor.values, original: tensor.original)
        }
    }
}
