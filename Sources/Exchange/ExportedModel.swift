import Layers
import Schema

/// A trained model as it is written in the formats of others.
package struct ExportedModel {
    /// The experiment's name.
    package let name: String
    /// The layers and their weights.
    package let network: Network
    /// One for each class that the model tells apart.
    package let classNames: [String]
    /// For formats with which a training can go on.
    package let training: ExportedTraining?

    /// Classes without a name are called by their numbers.
    package init(name: String, network: Network, classNames: [String], training: ExportedTraining? = nil) {
        self.name = name
        self.network = network
        self.classNames = (0..<network.classes).map { $0 < classNames.count ? classNames[$0] : "\($0)" }
        self.training = training
    }
}

/// How a model was trained, as configs say it: `{ "type": "Adam", … }`.
package struct ExportedTraining {
    package let optimizer: JSON
    package let loss: JSON

    package init(optimizer: JSON, loss: JSON) {
        self.optimizer = optimizer
        self.loss = loss
    }
}
