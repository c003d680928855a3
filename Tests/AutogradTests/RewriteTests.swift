import Autograd
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct RewriteTests {
    /// A direct convolution and one that goes Winograd's way, each with a ReLU.
    private let convolutions = Net("convolutions with a ReLU") { net, x in
        var y = try net.activate(net.convolution(x, 20, window: 2, same: true))
        y = try net.activate(net.convolution(y, 17, same: true))
        return try net.dense(net.flatten(net.normalize(y)), Net.classes)
    }

    @Test(arguments: [1, 6, 33])
    func `a ReLU that is part of a convolution gives the bits of one behind it`(batch: Int) throws {
        let together = try RecordedNet(convolutions, batch: batch)
        let apart = try RecordedNet(convolutions, batch: batch, rewrites: .all.without("ReLUIntoConvolution"))
        #expect(together.graph.listing.contains("ConvolutionReLU"))
        #expect(!apart.graph.listing.contains("ConvolutionReLU"))
        let results = try together.results(of: together.program())
        let expected = try apart.results(of: apart.program())
        #expect(zip(results, expected).compactMap { firstDifference($0, $1) } == [])
    }

    /// The listing of what a builder records, with forward operations joined.
    private func listing(_ record: (inout NetBuilder, Value) throws -> Value) throws -> String {
        var net = NetBuilder()
        let x = try net.graph.feed("images", .image(Net.image))
        _ = try record(&net, x)
        return try Rewriting(net.graph, Rewrites.all.forward).result.listing
    }

    @Test(arguments: [false, true])
    func `a pool takes the convolution along, with a ReLU between them or without`(rectifies: Bool) throws {
        let listing = try listing { net, x in
            let y = try net.convolution(x, 16)
            return try net.maxPool(rectifies ? net.activate(y) : y)
        }
        #expect(listing.contains("PooledConvolution"))
    }

    @Test func `what somebody else reads, too, is not joined with anything`() throws {
        let listing = try listing { net, x in
            let y = try net.convolution(x, 3, same: true)
            let z = try net.activate(net.graph.sum(y, x))
            let pooled = try net.maxPool(net.activate(y))
            return try net.graph.sum(pooled, net.maxPool(net.graph.sum(z, net.convolution(z, 3, same: true))))
        }
        for joined in ["PooledConvolution", "ConvolutionReLU"] { #expect(!listing.contains(joined)) }
    }

    @Test(arguments: [1, 6, 33])
    func `in inference, what follows a convolution is part of it and gives the same bits`(batch: Int) throws {
        var net = NetBuilder()
        let x = try net.graph.feed("images", .image(Net.image))
        let y = try Net.invertedResidual(&net, x, isFrozen: false)
        func results(_ rewrites: Rewrites) throws -> (listing: String, values: [Float]) {
            let joined = try Rewriting(net.graph, rewrites.forward)
            let parameters = try Parameters(net.parameters)
            parameters.initialize(seed: 5)
            let program = try Program(joined.result, parameters: parameters, batch: batch, outputs: [joined[y]])
            let images = try FloatMemory(count: batch * Net.image.count)
            var noise = Noise("inference")
            images.set(noise.floats(images.count))
            program.bind("images", to: images)
            program.run(key: 0, team: Team(threads: 2))
            let kernels = joined.result.kernels(outputs: [joined[y]], forwardBefore: joined.result.nodes.count)
            return (kernels.flatMap(\.forward).joined(separator: "\n"), program.values(of: joined[y]))
        }
        let (together, apart) = (try results(.all), try results(.none))
        #expect(firstDifference(together.values, apart.values) == nil)
        for part in ["Normalize", "normalize", "\nReLU", "\nbounded"] { #expect(!together.listing.contains(part)) }
        #expect(together.listing.contains("depthwise convolution + normalization + bounded ReLU"))
        #expect(together.listing.contains("depthwise convolution + ReLU"))
        #expect(apart.listing.contains("\nbounded ReLU"))
    }

    @Test func `statistics of the batch, and what somebody else reads, too, stay out of convolutions`() throws {
        let listing = try listing { net, x in
            var y = try net.activate(net.normalize(net.depthwise(x)), BoundedReLU(maximum: 6))
            y = try net.activate(net.normalize(net.convolution(y, 4)))
            let z = try net.convolution(y, 4, same: true)
            let normalized = try net.normalize(z, isTraining: false)
            let w = try net.graph.sum(z, net.activate(normalized, BoundedReLU(maximum: 6)))
            return try net.activate(net.depthwise(w), Tanh())
        }
        #expect(!listing.contains("Fused"))
    }

    /// Pools of normalized images: behind a convolution with a ReLU or without, with a ReLU between them, and at an odd edge.
    private let pools = Net("pools of normalized images") { net, x in
        var y = try net.normalize(net.activate(net.convolution(x, 17, same: true)))
        y = try net.activate(net.normalize(net.convolution(net.maxPool(y, same: true), 20, hasBias: false)))
        y = try net.normalize(net.activate(net.convolution(net.maxPool(y, same: true), 5, window: 2, same: true)))
        return try net.dense(net.flatten(net.maxPool(y, same: true)), Net.classes)
    }

    @Test(arguments: [1, 6, 33])
    func `a normalization that is part of a pool gives the results of one before it`(batch: Int) throws {
        let together = try RecordedNet(pools, batch: batch)
        let apart = try RecordedNet(
            pools, batch: batch, rewrites: .all.without("NormalizationIntoPool").without("ReLUIntoPool"))
        #expect(together.graph.listing.contains("PooledNormalization("))
        #expect(!apart.graph.listing.contains("PooledNormalization("))
        let results = try together.results(of: together.program())
        let expected = try apart.results(of: apart.program())
        // Sums over gradients are put together in another order. Gradients that should be zero, because the next
        // normalization takes a shift away, are nothing but rounding.
        for (result, expected) in zip(results, expected) {
            #expect(largestDifference(result, expected) < 2e-5 * largestMagnitude(expected, atLeast: 1e-2))
        }
    }

    /// How far the outputs of a training step may move when one rewrite is left out, relative to the largest number of each.
    private static let bounds: [String: Float] = [
        "SoftmaxIntoLoss": 0, "ConvolutionIntoPool": 2e-5, "NormalizationIntoPool": 2e-5, "ReLUIntoPool": 2e-5,
        "ReLUIntoConvolution": 2e-5, "NormalizationIntoConvolution": 2e-5, "ActivationIntoConvolution": 0,
        "DropoutBehindReLU": 2e-5, "WideProducts": 0, "GateBehindDropout": 2e-5,
        "GateIntoGradient": 2e-5, "NormalizationAgain": 2e-5,
    ]

    @Test(arguments: Rewrites.all.names, Net.all)
    func `every net computes the same without any one of the rewrites`(rewrite: String, net: Net) throws {
        let together = try RecordedNet(net, batch: 33)
        let apart = try RecordedNet(net, batch: 33, rewrites: .all.without(rewrite))
        let bound = try #require(Self.bounds[rewrite])
        let results = try together.results(of: together.program())
        for (result, expected) in zip(results, try apart.results(of: apart.program())) {
            #expect(largestDifference(result, expected) <= bound * largestMagnitude(expected, atLeast: 1e-2))
        }
    }

    @Test(arguments: Net.all)
    func `a net without any rewrite is what layers recorded`(net: Net) throws {
        let plain = try RecordedNet(net, batch: 3, rewrites: .none)
        for joined in ["Pooled", "ConvolutionReLU", "Fused", "Again", "RectifiedDropout", "Wide", "TileLists"] {
            #expect(!plain.graph.listing.contains(joined))
        }
    }

    @Test func `pools whose windows overlap leave a normalization alone`() throws {
        let listing = try listing { net, x in try net.maxPool(net.normalize(x), 3) }
        #expect(!listing.contains("PooledNormalization"))
    }

    @Test func `the slope of a ReLU is part of the gradient that a normalization hands it`() throws {
        let net = try RecordedNet(
            Net("a normalized ReLU") { net, x in
                let y = try net.normalize(net.activate(net.convolution(x, 16)))
                return try net.dense(net.flatten(net.normalize(net.activate(net.dense(net.flatten(y), 8)))), 5)
            }, batch: 4)
        #expect(!net.graph.listing.contains("ReLUGradient"))
    }

    /// Dropouts behind every kind of ReLU, one of which is read by somebody else, too.
    private let dropouts = Net("dropouts behind ReLUs") { net, x in
        var y = try net.dropout(net.activate(net.convolution(x, 17, same: true)))
        y = try net.dropout(net.maxPool(net.activate(net.convolution(y, 16, same: true)), same: true))
        y = try net.dropout(net.maxPool(net.activate(net.normalize(net.convolution(y, 5)))))
        let z = try net.activate(net.dense(net.dropout(net.flatten(y)), 20))
        let some = try net.dropout(z)
        let sum = try net.graph.sum(some, z)
        // Of the sum's ReLU, whose dropout's gradient reaches those of both terms as it is.
        let (a, b) = (try net.activate(net.dense(sum, 9)), try net.activate(net.dense(sum, 9)))
        return try net.dense(net.dropout(net.activate(net.graph.sum(a, b))), Net.classes)
    }

    @Test(arguments: [1, 6, 33])
    func `behind a ReLU, a dropout's gradient is that of the ReLU, too`(batch: Int) throws {
        let together = try RecordedNet(dropouts, batch: batch)
        let apart = try RecordedNet(dropouts, batch: batch, rewrites: .all.without("DropoutBehindReLU"))
        func gates(_ net: RecordedNet) -> Int {
            net.graph.listing.split(separator: "\n").count { $0.contains("WinnerGate") || $0.contains("ReLUGradient") }
        }
        // Left are those of the ReLU which has two readers, and of the terms of the sum.
        #expect(gates(together) == 3)
        #expect(gates(apart) == 7)
        let results = try together.results(of: together.program())
        let expected = try apart.results(of: apart.program())
        #expect(zip(results, expected).compactMap { firstDifference($0, $1) } == [])
    }

    @Test func `zeros that no ReLU has made get gradients through a dropout`() throws {
        var graph = Graph()
        let x = try graph.feed("x", .image(Shape(1000)))
        let dy = try graph.feed("dy", x.type)
        let y = try graph.apply(DropElements(x, rate: 0.5, salt: 1), to: x)
        let dx = try graph.gradients(of: y, upstream: dy, withRespectTo: [x])[0]
        let program = try Program(graph, parameters: Parameters([]), batch: 1, outputs: [dx])
        for (name, value) in [("x", 0), ("dy", 1)] as [(String, Float)] {
            let memory = try FloatMemory(count: 1000)
            memory.set([Float](repeating: value, count: 1000))
            program.bind(name, to: memory)
        }
        program.run(key: 0, team: Team(threads: 1))
        #expect((400...600).contains(program.values(of: dx).count { $0 == 2 }))
    }

    @Test func `what a normalization hands to a convolution is not kept for the backward pass`() throws {
        // So many images that those which are kept outweigh the working memory of a few.
        let batch = 1 << 14
        var bytes: [Int] = []
        for filters in [16, 32] {
            let net = try RecordedNet(
                Net("a normalization before a convolution") { net, x in
                    let y = try net.normalize(net.activate(net.convolution(x, filters, same: true)))
                    // The statistics that follow end the stage, so that forward and backward pass are two.
                    return try net.dense(net.flatten(net.normalize(net.convolution(y, 4, window: 8))), 5)
                }, batch: 1)
            bytes.append(
                try Program.plan(
                    net.graph, batch: batch, outputs: net.outputs, assigning: net.assignments.map(\.value)
                ).bytes)
        }
        // Of sixteen more channels, two images are kept: the normalization's argument and its result's gradient.
        let image = batch * 8 * 8 * 16 * MemoryLayout<Float>.stride
        #expect(bytes[1] - bytes[0] < 5 * image / 2)
    }

    @Test(arguments: [false, true])
    func `what is not kept anyway is not computed again`(isKept: Bool) throws {
        let net = try RecordedNet(
            Net("a convolution between normalizations, or behind the last") { net, x in
                var y = try net.convolution(net.normalize(x), 4, window: 8)
                if isKept { y = try net.normalize(y) }
                return try net.dense(net.flatten(y), 5)
            }, batch: 1)
        #expect(net.graph.listing.contains("NormalizeAgain") == isKept)
    }

    @Test func `operations are counted once, whoever takes whom along`() throws {
        var net = NetBuilder()
        let x = try net.graph.feed("images", .image(Net.image))
        _ = try net.maxPool(net.activate(net.convolution(x, 16)))
        let joined = try Rewriting(net.graph, Rewrites.all.forward).result
        #expect(joined.listing.contains("PooledConvolution"))
        #expect(joined.flops == net.graph.flops)
    }
}
