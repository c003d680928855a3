import Datasets
import Tensors

/// What a summary needs to know about a data set; a known one need not be read for it.
package struct DataOutline: Sendable {
    let imageShape: Shape
    /// How many classes the labels choose from.
    let classes: Int
    /// Numbers of images to train on, to validate with, to test with.
    let learned, validation, test: Int
    /// The memory that the images take.
    let footprint: DataFootprint

    /// A stratified split is computed from the total, not class by class, so its counts may be off by a few images.
    init(_ settings: DatasetSettings, library: DataLibrary) throws {
        var training = 60_000
        var test = 10_000
        if settings.name == .syntheticDigits {
            // Just as many are drawn as are wanted.
            training = settings.trainLimit ?? training
            test = settings.testLimit ?? test
        }
        var shape = Shape(28, 28, 1)
        var classes = settings.name.flatMap { KnownDataset.named($0.rawValue) }?.classNames.count ?? 10
        if let path = settings.path {
            let parts = try library.load(folder: path)
            training = parts.training.count
            test = parts.test.count
            shape = Shape(parts.training.height, parts.training.width, parts.training.channels)
            classes = parts.training.classes
        }
        footprint = DataFootprint(training: training, test: test, imageSize: shape.count, settings)
        training = min(training, settings.trainLimit ?? training)
        self.test = min(test, settings.testLimit ?? test)
        imageShape = shape
        self.classes = classes
        switch settings.validation {
        case nil:
            (learned, validation) = (training, 0)
        case .test:
            (learned, validation) = (training, self.test)
        case .part(let fraction, _):
            learned = Int(Double(training) * (1 - fraction))
            validation = training - learned
        case .fold(_, let count, _):
            validation = training / count
            learned = training - validation
        }
    }
}
