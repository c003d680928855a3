import Layers

/// A trained model as it is written in the formats of others.
package struct ExportedModel {
    /// The experiment's name.
    package let name: String
    /// The layers and their weights.
    package let network: Network
    /// One for each class that the model tells apart.
    package let classNames: [String]

    /// Classes without a name are called by their numbers.
    package init(name: String, network: Network, classNames: [String]) {
        self.name = name
        self.network = network
        self.classNames = (0..<network.classes).map { $0 < classNames.count ? classNames[$0] : "\($0)" }
    }
}
