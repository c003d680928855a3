import Tensors

/// Matches a dense layer's product with so many weights that each should be read once a batch and not once a group of images,
/// and puts there a product over the whole batch. Of pictures it leaves out what is empty; for many outputs these are listed
/// once for all of them.
///
/// The same sums in the same order, less terms that are zero: the same bits.
struct WideProducts: Rewrite {
    func replacement(of match: Match, in rewriting: inout Rewriting) throws(ShapeError) -> Value? {
        guard let product = match.operation as? MatrixProduct,
            let wide = WideMatrixProduct(product, isFed: rewriting.isFed(match.inputs[0]))
        else { return nil }
        var inputs = match.inputs.map { rewriting[$0] }
        if wide.reads == .lists {
            inputs.append(try rewriting.put(TileLists(shape: wide.shape), readingNew: [inputs[0]]))
        }
        return try rewriting.put(wide, readingNew: inputs)
    }
}
