import Testing

@testable import Autograd

@Suite struct KernelListingTests {
    @Test(arguments: [
        ("ConvolutionKernelGradient", "convolution kernel gradient"), ("ReLUGradient", "ReLU gradient"),
        ("GELU", "GELU"), ("TanhGradient", "tanh gradient"), ("OneHot", "one hot"), ("", ""),
    ])
    func `an operation's name becomes words`(name: String, expected: String) {
        #expect(words(of: name) == expected)
    }

    /// A convolution of images and a ReLU behind it, each a layer.
    private static func start() throws -> (net: NetBuilder, images: Value, convolved: Value, activated: Value) {
        var net = NetBuilder()
        net.graph.layer = "conv"
        let x = try net.graph.feed("images", .image(Net.image))
        let y = try net.convolution(x, 16)
        net.graph.layer = "relu"
        let z = try net.activate(y)
        return (net, x, y, z)
    }

    @Test func `what was joined is said to be with the layer that reads its images, whatever comes between`() throws {
        let (started, x, y, z) = try Self.start()
        var net = started
        net.graph.layer = "other"
        // One that reads what relu reads, and one that reads what conv reads.
        let branches = [try net.flatten(y), try net.flatten(try net.convolution(x, 4))]
        net.graph.layer = "pool"
        let pooled = try net.maxPool(z)
        let joined = try Rewriting(net.graph, Rewrites.all.forward)
        let kernels = joined.result.kernels(
            outputs: [joined[pooled]] + branches.map { joined[$0] }, forwardBefore: joined.result.nodes.count)
        #expect(kernels.map(\.layer) == ["conv", "relu", "other", "pool"])
        #expect(kernels.map(\.joinedWith) == [nil, "pool", nil, nil])
    }

    @Test func `a listing says what runs, by which kernel, and what was joined with whom`() throws {
        let (started, _, _, z) = try Self.start()
        var net = started
        net.graph.layer = "pool"
        let pooled = try net.maxPool(z)
        net.graph.layer = "flat"
        let flat = try net.flatten(pooled)
        net.graph.layer = "dense"
        let logits = try net.dense(flat, 5)
        let joined = try Rewriting(net.graph, Rewrites.all.forward)
        var graph = joined.result
        let count = graph.nodes.count
        let upstream = try graph.feed("dy", logits.type)
        let trainable = try net.parameters.map { try graph.parameter($0) }
        let gradients = try graph.gradients(of: joined[logits], upstream: upstream, withRespectTo: trainable)

        let kernels = graph.kernels(outputs: [joined[logits]] + gradients, forwardBefore: count)
        #expect(kernels.map(\.layer) == ["conv", "relu", "pool", "dense"])
        #expect(kernels.map(\.joinedWith) == ["pool", "pool", nil, nil])
        #expect(kernels[2].forward.count == 1)
        #expect(kernels[2].forward[0].hasPrefix("convolution + ReLU + max pool (in registers"))
        #expect(kernels[2].backward.contains("convolution kernel gradient (narrow)"))
        #expect(kernels[3].forward == ["matrix product (packed)"])
        #expect(kernels[3].backward.contains("matrix product input gradient"))
    }
}
