/// A data set as it is used: what a model learns from, what it is tested with, and where both came from.
package struct DataParts: Sendable {
    /// A known set's name, or the folder's for a set of the user's.
    package let name: String

    /// The part to learn from, validation included.
    package let training: Dataset

    /// The part that decides the figures of a result.
    package let test: Dataset

    /// Where it was found, for people.
    package let origin: String

    /// Both parts as read or made.
    package init(name: String, training: Dataset, test: Dataset, origin: String) {
        self.name = name
        self.training = training
        self.test = test
        self.origin = origin
    }

    /// SHA-256 of each of the four decompressed IDX files, also where other files or none were read.
    package var fingerprints: [DataFile: String] {
        let (trainingArrays, testArrays) = (training.arrays, test.arrays)
        return [
            .trainingImages: trainingArrays.images.fingerprint, .trainingLabels: trainingArrays.labels.fingerprint,
            .testImages: testArrays.images.fingerprint, .testLabels: testArrays.labels.fingerprint,
        ]
    }
}

/// The four files of a set, by the names that MNIST gave them.
package enum DataFile: String, CaseIterable, Sendable, Hashable {
    case trainingImages = "train-images-idx3-ubyte"
    case trainingLabels = "train-labels-idx1-ubyte"
    case testImages = "t10k-images-idx3-ubyte"
    case testLabels = "t10k-labels-idx1-ubyte"

    /// Spellings found in the wild, the usual one first, each plain before compressed.
    package var spellings: [String] {
        let dotted = rawValue.replacing("-idx", with: ".idx")
        return [rawValue, rawValue + ".gz", dotted, dotted + ".gz"]
    }
}

extension DataParts {
    /// Reads four files. The number of classes is `classNames`' count, or one more than the largest training label.
    package init(
        name: String, files: [DataFile: String], classNames: [String]? = nil, origin: String, threads: Int = 1
    ) throws(DataFileError) {
        let arrays = LoadedArrays(files, threads: threads)
        let training = try LoadedPart(arrays, images: .trainingImages, labels: .trainingLabels)
        let test = try LoadedPart(arrays, images: .testImages, labels: .testLabels)
        try self.init(name: name, training: training, test: test, classNames: classNames, origin: origin)
    }

    /// Joins two parts that were read, once they are known to fit each other.
    init(
        name: String, training: LoadedPart, test: LoadedPart, classNames: [String]?, origin: String
    ) throws(DataFileError) {
        let sizes = training.images.dimensions.dropFirst()
        guard test.images.dimensions.dropFirst() == sizes else {
            let fact = DataFileError.Fact.imageSize(Array(test.images.dimensions.dropFirst()), training: Array(sizes))
            throw DataFileError(file: test.imagesFile, fact: fact)
        }
        let names = classNames ?? (0...(training.labels.elements.max() ?? 0)).map { "\($0)" }
        self.init(
            name: name, training: try training.dataset(classNames: names), test: try test.dataset(classNames: names),
            origin: origin)
    }
}

/// The two arrays of one part, with the names of their files for messages.
struct LoadedPart {
    let imagesFile: String
    let labelsFile: String
    let images: IDXArray
    let labels: IDXArray

    init(_ arrays: LoadedArrays, images: DataFile, labels: DataFile) throws(DataFileError) {
        try self.init(
            imagesFile: arrays.path(of: images), images: arrays.array(of: images),
            labelsFile: arrays.path(of: labels), labels: arrays.array(of: labels))
    }

    init(imagesFile: String, images: IDXArray, labelsFile: String, labels: IDXArray) throws(DataFileError) {
        guard 3...4 ~= images.dimensions.count else {
            let fact = DataFileError.Fact.dimensions(images.dimensions, expected: "3 (images, rows, columns)")
            throw DataFileError(file: imagesFile, fact: fact)
        }
        guard labels.dimensions.count == 1 else {
            throw DataFileError(file: labelsFile, fact: .dimensions(labels.dimensions, expected: "1 (labels)"))
        }
        guard !images.elements.isEmpty else { throw DataFileError(file: imagesFile, fact: .empty) }
        guard images.dimensions[0] == labels.dimensions[0] else {
            let fact = DataFileError.Fact.labelCount(labels.dimensions[0], images: images.dimensions[0])
            throw DataFileError(file: labelsFile, fact: fact)
        }
        self.imagesFile = imagesFile
        self.labelsFile = labelsFile
        self.images = images
        self.labels = labels
    }

    func dataset(classNames: [String]) throws(DataFileError) -> Dataset {
        if let index = labels.elements.firstIndex(where: { $0 >= classNames.count }) {
            let fact = DataFileError.Fact.label(
                labels.elements[index], classes: classNames.count, offset: labels.header.count + index)
            throw DataFileError(file: labelsFile, fact: fact)
        }
        let sizes = images.dimensions
        return Dataset(
            height: sizes[1], width: sizes[2], channels: sizes.count == 4 ? sizes[3] : 1, classNames: classNames,
            pixels: images.elements, labels: labels.elements)
    }
}
