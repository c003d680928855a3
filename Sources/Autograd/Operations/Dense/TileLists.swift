import Kernels
import Tensors

/// Pictures in tiles of a few that are alike, without the pixels that are zero in all of them. Input: pictures.
struct TileLists: WholeOperation {
    let shape: DenseShape

    var resultType: ValueType { .image(Shape(ListedPictures.floats(pixels: shape.inputs))) }
    /// For batches of some hundred images one block each.
    var pieces: Int { 8 }

    func run(_ run: borrowing Run) {
        let pictures = ListedPictures(count: run.batch, pixels: shape.inputs)
        for block in run.share(of: pictures.blocks) {
            listTiles(pictures, block: block, from: run.input(0), to: run.output)
        }
    }
}
