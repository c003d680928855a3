import Autograd
import Kernels
import TestSupport
import Testing

@Suite struct FusionTests {
    /// A direct convolution and one that goes Winograd's way, each with a ReLU recorded by `activate`.
    private func net(
        _ activate: @escaping @Sendable (inout NetBuilder, Value) throws -> Value
    ) -> Net {
        Net("convolutions with a ReLU") { net, x in
            var y = try activate(&net, net.convolution(x, 20, window: 2, same: true))
            y = try activate(&net, net.convolution(y, 17, same: true))
            return try net.dense(net.flatten(net.normalize(y)), Net.classes)
        }
    }

    @Test(arguments: [1, 6, 33])
    func `a ReLU that is part of a convolution gives the bits of one behind it`(batch: Int) throws {
        let together = try RecordedNet(net { net, x in try net.graph.activate(x, ReLU()) }, batch: batch)
        let apart = try RecordedNet(
            net { net, x in try net.graph.apply(Activation(ReLU(), x), to: x) }, batch: batch)
        #expect(together.graph.listing.contains("ConvolutionReLU"))
        #expect(!apart.graph.listing.contains("ConvolutionReLU"))
        let results = try together.results(of: together.program())
        let expected = try apart.results(of: apart.program())
        #expect(zip(results, expected).compactMap { firstDifference($0, $1) } == [])
    }

    @Test func `a pool takes the convolution along, with a ReLU between them or without`() throws {
        for rectifies in [false, true] {
            var net = NetBuilder()
            let x = try net.graph.feed("images", .image(Net.image))
            let y = try net.convolution(x, 16)
            _ = try net.maxPool(rectifies ? net.graph.activate(y, ReLU()) : y)
            #expect(net.graph.listing.contains("PooledConvolution"))
        }
    }

    @Test func `operations are counted once, whoever takes whom along`() throws {
        var net = NetBuilder()
        let x = try net.graph.feed("images", .image(Net.image))
        let y = try net.convolution(x, 16)
        let alone = net.graph.flops
        let rectified = try net.graph.activate(y, ReLU())
        #expect(net.graph.flops == alone + y.shape.count)
        _ = try net.maxPool(rectified)
        #expect(net.graph.flops < 2 * alone)
    }
}
