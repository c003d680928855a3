/// What cannot be embedded.
package enum EmbeddingError: Error, Equatable, CustomStringConvertible {
    case tooFew(points: Int, needed: Int)
    case perplexity(Float, points: Int)
    case tooLarge
    case diverged(iteration: Int)

    /// One line with the remedy.
    package var description: String {
        switch self {
        case .tooFew(let points, let needed):
            "\(points) points are too few; at least \(needed) are needed"
        case .perplexity(let perplexity, let points):
            "a perplexity of \(perplexity) needs more than \(points) points; "
                + "it is about the number of neighbours of a point, so choose a smaller one or more points"
        case .tooLarge:
            "some values are not numbers, or so large that distances are infinite; the network that made them diverged"
        case .diverged(let iteration):
            "the embedding diverged in iteration \(iteration); fewer iterations may help"
        }
    }
}
