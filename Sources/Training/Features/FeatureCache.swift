import Datasets
import Kernels
import Layers
import Tensors

/// What a network's fixed part makes of the images of a data set, kept when it is first computed.
///
/// An image's features are the same whichever batch it is in, so that what is fetched has the bits that would be computed.
final class FeatureCache {
    private let memory: FloatMemory
    /// Where each image of the data set has its place; -1 for those that have none.
    private let places: [Int32]
    private var isKnown: [Bool]
    private let floats: Int

    /// For some images of a data set; in memory or, if there is a folder, in a file there.
    init(of images: [Int], in dataset: Dataset, floats: Int, folder: String?) throws(MemoryError) {
        var places = [Int32](repeating: -1, count: dataset.count)
        for (place, image) in images.enumerated() { places[image] = Int32(place) }
        self.places = places
        self.floats = floats
        isKnown = [Bool](repeating: false, count: images.count)
        memory = try FloatMemory(count: images.count * floats, inFileIn: folder)
    }

    /// Whether the features of all these images can be fetched.
    func knows(_ images: ArraySlice<Int>) -> Bool {
        images.allSatisfy { places[$0] >= 0 && isKnown[Int(places[$0])] }
    }

    /// Gives a program the features of its batch.
    func fetch(_ images: ArraySlice<Int>, for program: NetworkProgram) {
        copy(images, program) { batch, inBatch, kept, count in
            batch.copy(count, from: self.memory, at: kept, to: inBatch)
        }
    }

    /// Keeps what a program has computed for its batch.
    func keep(_ images: ArraySlice<Int>, of program: NetworkProgram) {
        copy(images, program) { batch, inBatch, kept, count in
            self.memory.copy(count, from: batch, at: inBatch, to: kept)
        }
        for image in images where places[image] >= 0 { isKnown[Int(places[image])] = true }
    }

    private func copy(
        _ images: ArraySlice<Int>, _ program: NetworkProgram,
        _ copy: (_ batch: FloatMemory, _ inBatch: Int, _ kept: Int, _ count: Int) -> Void
    ) {
        guard let batch = program.features else { return }
        var before = 0
        for (width, offset) in zip(program.featureWidths, program.featureOffsets) {
            for (index, image) in images.enumerated() where places[image] >= 0 {
                copy(batch, offset + index * width, Int(places[image]) * floats + before, width)
            }
            before += width
        }
    }
}
