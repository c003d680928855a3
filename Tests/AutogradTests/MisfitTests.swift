import Autograd
import Kernels
import Machine
import Tensors
import Testing

/// Operations that do not fit what they are given.
struct Misfit: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The shapes that the error must name.
    let shapes: [Shape]
    let record: @Sendable (inout NetBuilder) throws -> Void

    init(_ name: String, _ shapes: Shape..., record: @escaping @Sendable (inout NetBuilder) throws -> Void) {
        testDescription = name
        self.shapes = shapes
        self.record = record
    }

    private static func image(_ net: inout NetBuilder, _ lengths: Int...) throws -> Value {
        try net.graph.feed("images", .image(Shape(lengths)))
    }

    static let all = [
        Misfit("a kernel larger than its image", Shape(3, 3, 1, 4), Shape(2, 5, 1)) {
            _ = try $0.convolution(image(&$0, 2, 5, 1), 4)
        },
        Misfit("a kernel for other channels", Shape(3, 3, 2, 4), Shape(5, 5, 3)) {
            let kernel = try $0.parameter(Shape(3, 3, 2, 4))
            let x = try image(&$0, 5, 5, 3)
            _ = try Convolution(x, kernel: kernel, hasBias: false, strides: (1, 1), same: false)
        },
        Misfit("a convolution of a row", Shape(3, 3, 7, 4), Shape(7)) { _ = try $0.convolution(image(&$0, 7), 4) },
        Misfit("strides of zero", Shape(3, 3, 1, 4), Shape(5, 5, 1)) {
            _ = try $0.convolution(image(&$0, 5, 5, 1), 4, strides: 0)
        },
        Misfit("no filters", Shape(3, 3, 1, 0)) { _ = try $0.convolution(image(&$0, 5, 5, 1), 0) },
        Misfit("a dense layer over an image", Shape(18, 4), Shape(3, 3, 2)) {
            _ = try $0.dense(image(&$0, 3, 3, 2), 4)
        },
        Misfit("weights for other features", Shape(5, 4), Shape(6)) {
            let weights = try $0.parameter(Shape(5, 4))
            let bias = try $0.parameter(Shape(4))
            _ = try $0.dense(image(&$0, 6), weights: weights, bias: bias)
        },
        Misfit("no units", Shape(6, 0)) { _ = try $0.dense(image(&$0, 6), 0) },
        Misfit("a pool larger than its image", Shape(4, 4), Shape(3, 9, 1)) {
            _ = try $0.maxPool(image(&$0, 3, 9, 1), 4)
        },
        Misfit("a pool over a row", Shape(9)) { _ = try $0.maxPool(image(&$0, 9)) },
        Misfit("an average over nothing", Shape(0, 2), Shape(3, 3, 1)) {
            let x = try image(&$0, 3, 3, 1)
            _ = try AveragePooling(x, window: (0, 2), strides: (1, 1), same: true)
        },
        Misfit("a depthwise kernel larger than its image", Shape(3, 3, 1, 2), Shape(2, 5, 1)) {
            let kernel = try $0.parameter(Shape(3, 3, 1, 2))
            _ = try DepthwiseConvolution(
                image(&$0, 2, 5, 1), kernel: kernel, hasBias: false, strides: (1, 1), same: false)
        },
        Misfit(
            "a depthwise kernel of many filters that reaches too far", Shape(2, 2, 1 << 14, 1 << 13),
            Shape(1, 1, 1 << 14)
        ) {
            let kernel = try $0.parameter(Shape(2, 2, 1 << 14, 1 << 13))
            _ = try DepthwiseConvolution(
                image(&$0, 1, 1, 1 << 14), kernel: kernel, hasBias: false, strides: (1, 1),
                dilation: (1 << 16, 1 << 16), same: true)
        },
        Misfit("an image stretched beyond all others", Shape(1 << 21, 1, 1)) {
            _ = try Resampling(image(&$0, 4, 1, 1), height: 1 << 21, width: 1, isBilinear: false)
        },
        Misfit("a depthwise kernel for other channels", Shape(3, 3, 2, 1), Shape(5, 5, 3)) {
            let kernel = try $0.parameter(Shape(3, 3, 2, 1))
            _ = try DepthwiseConvolution(
                image(&$0, 5, 5, 3), kernel: kernel, hasBias: false, strides: (1, 1), same: false)
        },
        Misfit("filters of which channels cannot have equally many", Shape(3, 3, 1, 4), Shape(5, 5, 3)) {
            let kernel = try $0.parameter(Shape(3, 3, 1, 4))
            _ = try DepthwiseConvolution(
                image(&$0, 5, 5, 3), kernel: kernel, hasBias: false, strides: (1, 1), same: false)
        },
        Misfit("a kernel for other groups", Shape(3, 3, 2, 4), Shape(5, 5, 6)) {
            let kernel = try $0.parameter(Shape(3, 3, 2, 4))
            _ = try GeneralConvolution(
                image(&$0, 5, 5, 6), kernel: kernel, hasBias: false, strides: (1, 1), dilation: (1, 1), groups: 2,
                same: true)
        },
        Misfit("a window that reaches beyond its image", Shape(3, 3, 1, 4), Shape(4, 9, 1)) {
            let kernel = try $0.parameter(Shape(3, 3, 1, 4))
            _ = try GeneralConvolution(
                image(&$0, 4, 9, 1), kernel: kernel, hasBias: false, strides: (1, 1), dilation: (2, 2), groups: 1,
                same: false)
        },
        Misfit("strides of windows with gaps", Shape(3, 3, 1, 4), Shape(9, 9, 1)) {
            let kernel = try $0.parameter(Shape(3, 3, 1, 4))
            _ = try DepthwiseConvolution(
                image(&$0, 9, 9, 1), kernel: kernel, hasBias: false, strides: (2, 1), dilation: (1, 2), same: false)
        },
        Misfit("gaps wider than any machine's memory", Shape(3, 3, 1, 4), Shape(9, 9, 1)) {
            let kernel = try $0.parameter(Shape(3, 3, 1, 4))
            _ = try GeneralConvolution(
                image(&$0, 9, 9, 1), kernel: kernel, hasBias: false, strides: (1, 1), dilation: (1 << 30, 1 << 30),
                groups: 1, same: true)
        },
        Misfit("slopes for another shape", Shape(1, 4), Shape(3, 5)) {
            let slopes = try $0.parameter(Shape(1, 4))
            _ = try ParametricReLU(image(&$0, 3, 5), slopes: slopes)
        },
        Misfit("a frame around a row", Shape(7)) {
            _ = try PadImages(image(&$0, 7), margins: Margins(top: 1, bottom: 1, left: 1, right: 1))
        },
        Misfit("margins that leave nothing", Shape(4, 2, 1)) {
            _ = try CropImages(image(&$0, 4, 2, 1), margins: Margins(top: 1, bottom: 1, left: 1, right: 1))
        },
        Misfit("an order of too few axes", Shape(1, 0), Shape(4, 2, 1)) {
            _ = try Permutation(image(&$0, 4, 2, 1), axes: [1, 0])
        },
        Misfit("another size of a row", Shape(7)) {
            _ = try Resampling(image(&$0, 7), height: 2, width: 2, isBilinear: true)
        },
        Misfit("an image larger than any machine holds", Shape(1 << 30, 1 << 30, 1)) {
            _ = try Resampling(image(&$0, 2, 2, 1), height: 1 << 30, width: 1 << 30, isBilinear: true)
        },
        Misfit("constants for other channels", Shape(2), Shape(4, 2, 3)) {
            _ = try NormalizeByConstants(image(&$0, 4, 2, 3), before: [1, 2], factor: [1, 2], after: [1, 2])
        },
        Misfit("factors for other features", Shape(3), Shape(4)) {
            let gamma = try $0.parameter(Shape(3))
            _ = try NormalizeRows(image(&$0, 4), epsilon: 0.1, gamma: gamma, beta: nil)
        },
        Misfit("a shape of another size", Shape(2, 3), Shape(7)) { _ = try $0.reshape(image(&$0, 2, 3), Shape(7)) },
        Misfit("a sum of different shapes", Shape(2, 3), Shape(3, 2)) {
            _ = try $0.graph.sum(image(&$0, 2, 3), image(&$0, 3, 2))
        },
        Misfit("a sum of images and a parameter", Shape(6), Shape(6)) {
            let bias = try $0.parameter(Shape(6))
            _ = try $0.graph.sum(image(&$0, 6), bias)
        },
        Misfit("classes in more than one row", Shape(2, 5), Shape(1)) {
            let labels = try $0.graph.feed("labels", .image(Shape(1)))
            _ = try CrossEntropy(image(&$0, 2, 5), labels: labels, smoothing: 0)
        },
        Misfit("labels that are rows", Shape(5), Shape(5)) {
            _ = try CrossEntropy(image(&$0, 5), labels: image(&$0, 5), smoothing: 0)
        },
        Misfit("a target of another shape", Shape(5), Shape(6)) {
            _ = try SquaredError(image(&$0, 5), target: image(&$0, 6))
        },
        Misfit("a convolution that no machine finishes", Shape(4096, 4096, 1, 1), Shape(1 << 20, 1 << 19, 1)) {
            _ = try $0.convolution(image(&$0, 1 << 20, 1 << 19, 1), 1, window: 4096, same: true)
        },
        Misfit("a depthwise convolution that no machine finishes", Shape(4096, 4096, 1, 1), Shape(1 << 20, 1 << 19, 1))
        {
            let kernel = try $0.parameter(Shape(4096, 4096, 1, 1))
            let x = try image(&$0, 1 << 20, 1 << 19, 1)
            _ = try DepthwiseConvolution(x, kernel: kernel, hasBias: false, strides: (1, 1), same: true)
        },
        Misfit("a pool that no machine finishes", Shape(28_000, 28_000), Shape(28_000, 28_000, 1000)) {
            let x = try image(&$0, 28_000, 28_000, 1000)
            _ = try MaxPooling(x, window: (28_000, 28_000), strides: (1, 1), same: true)
        },
        Misfit("a product of shapes of which neither can be repeated", Shape(2, 3), Shape(2, 4)) {
            let (a, b) = (try image(&$0, 2, 3), try image(&$0, 2, 4))
            _ = try Broadcast.shape(a.shape, b.shape)
        },
        Misfit("values side by side that differ in another axis", Shape(2, 3), Shape(3, 3)) {
            let (a, b) = (try image(&$0, 2, 3), try image(&$0, 3, 3))
            _ = try ConcatenatePair(a, b, axis: 1)
        },
        Misfit("values of different rank side by side", Shape(2, 3), Shape(3)) {
            let (a, b) = (try image(&$0, 2, 3), try image(&$0, 3))
            _ = try ConcatenatePair(a, b, axis: 0)
        },
        Misfit("a mean of rows", Shape(5)) { _ = try BatchMean(image(&$0, 5)) },
        Misfit("gradients of a row", Shape(6)) {
            let x = try image(&$0, 6)
            _ = try $0.graph.gradients(of: x, withRespectTo: [x])
        },
        Misfit("gradients by what has no influence", Shape(6)) {
            let x = try image(&$0, 6)
            let weights = try $0.parameter(Shape(3))
            let penalty = try $0.graph.apply(WeightPenalty(weights, l1: 0, l2: 1), to: weights)
            _ = try $0.graph.gradients(of: penalty, withRespectTo: [x])
        },
        Misfit("images without pixels", Shape(0, 28, 1)) { _ = try image(&$0, 0, 28, 1) },
        Misfit("more filters than any machine holds", Shape(3, 3, 1, 1 << 50)) {
            _ = try $0.convolution(image(&$0, 5, 5, 1), 1 << 50)
        },
        Misfit("more units than there are numbers", Shape(6, .max)) { _ = try $0.dense(image(&$0, 6), .max) },
        Misfit("fewer units than none", Shape(6, -1)) { _ = try $0.dense(image(&$0, 6), -1) },
    ]
}

@Suite struct MisfitTests {
    @Test(arguments: Misfit.all)
    func `what does not fit is an error that names the layer and the shapes`(_ misfit: Misfit) throws {
        var net = NetBuilder()
        net.graph.layer = "layer_7"
        let error = #expect(throws: ShapeError.self) { try misfit.record(&net) }
        #expect(error?.shapes == misfit.shapes)
        #expect(error?.reason.isEmpty == false)
        for shape in misfit.shapes { #expect(error?.description.contains(shape.description) == true) }
    }

    @Test func `an operation that does not fit its graph bears the layer's name`() throws {
        var net = NetBuilder()
        net.graph.layer = "conv2d_1"
        let x = try net.graph.feed("images", .image(Shape(2, 2, 1)))
        let kernel = try net.parameter(Shape(3, 3, 1, 1))
        let error = #expect(throws: ShapeError.self) {
            try net.graph.apply(
                Convolution(x, kernel: kernel, hasBias: false, strides: (1, 1), same: false), to: x, kernel)
        }
        #expect(
            error?.description
                == "conv2d_1: the kernel is larger than the image; a smaller kernel_size or padding \"same\" fits "
                + "[(3, 3, 1, 1), (2, 2, 1)]")
    }

    @Test(arguments: [0, -1, Int.min, Program.largestBatch + 1, .max])
    func `a batch that cannot be is refused`(batch: Int) throws {
        let recorded = try RecordedNet(Net.all[0], batch: 1)
        #expect(throws: ProgramError.batch(batch)) {
            try Program.plan(recorded.graph, batch: batch, outputs: recorded.outputs)
        }
        #expect(ProgramError.batch(batch).description.contains("\(batch)"))
    }

    @Test(arguments: [
        (1_000_000_000, 1), (1_000_000_000, Program.largestBatch), (1 << 30, 128), (64, Program.largestBatch),
    ])
    func `a net larger than the machine is refused before it takes memory`(filters: Int, batch: Int) throws {
        var net = NetBuilder()
        net.graph.layer = "conv2d_9"
        let x = try net.graph.feed("images", .image(Shape(28, 28, 1)))
        var y = try net.convolution(x, filters, same: true)
        for _ in 0..<8 { y = try net.activate(net.graph.sum(y, y)) }
        let before = try Program.plan(net.graph, batch: 1, outputs: [x])
        #expect(before.bytes == 0)
        let error = #expect(throws: ProgramError.self) {
            try Program.plan(net.graph, batch: batch, outputs: [y])
        }
        guard case .memory(let bytes, let given, batch, "conv2d_9", Shape(28, 28, filters)) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(bytes > given.amount)
        #expect(error!.description.contains("conv2d_9") && error!.description.contains("\(filters)"))
    }

    /// Of frames that alone are too large, and of such as many workers together have no room for.
    @Test(arguments: [(true, 4), (false, 128), (false, 16_384)])
    func `an operation that works with more than it yields is the one that is told of`(isAlone: Bool, batch: Int) throws
    {
        // Frames of 16 bytes times the square of this: an eighth of the memory for each of sixteen workers.
        let memory = Double(Given.toThisProcess.memory.amount)
        let dilation = isAlone ? 1 << 20 : Int((memory / 128).squareRoot())
        var net = NetBuilder()
        net.graph.layer = "gaps"
        let x = try net.graph.feed("images", .image(Shape(28, 28, 1)))
        let kernel = try net.parameter(Shape(3, 3, 1, 4))
        let wide = try net.graph.apply(
            GeneralConvolution(
                x, kernel: kernel, hasBias: false, strides: (1, 1), dilation: (dilation, dilation), groups: 1,
                same: true),
            to: x, kernel)
        net.graph.layer = "plain"
        let y = try net.convolution(wide, 64)
        let error = #expect(throws: ProgramError.self) { try Program.plan(net.graph, batch: batch, outputs: [y]) }
        #expect(error?.description.contains("gaps wants most") == true, "\(String(describing: error))")
    }

    @Test func `parameters that alone are too many are told of without a batch`() {
        let given = Grant(1 << 20, by: .machine)
        let all = [
            Parameter(name: "dense/kernel", shape: Shape(1000, 1000), isTrainable: true, initializer: .glorotUniform)
        ]
        #expect(
            ProgramError.parameters(all, given: given).description
                == "the parameters need 3 MiB, and the machine gives 1 MiB; dense/kernel is the largest, with (1000, 1000); "
                + "a smaller layer needs less")
    }

    @Test(arguments: [(Int.max, 3), (1 << 40, 3), (1_000_000, 1), (3, 1 << 40), (.max, 1 << 40)])
    func `strides and windows beyond every image neither crash nor take long`(stride: Int, window: Int) throws {
        var net = NetBuilder()
        let x = try net.graph.feed("images", .image(Shape(8, 8, 2)))
        if window == 3 {
            let y = try net.convolution(x, 4, strides: stride, same: true)
            #expect(y.shape == Shape(1, 1, 4))
        }
        let pools: [any Operation] = [
            try MaxPooling(x, window: (window, window), strides: (stride, stride), same: true),
            try AveragePooling(x, window: (window, window), strides: (stride, stride), same: true),
        ]
        for pool in pools {
            #expect(pool.resultType.shape.count > 0)
            #expect(pool.flops > 0)
        }
        #expect(throws: ShapeError.self) {
            try MaxPooling(x, window: (.max, .max), strides: (stride, stride), same: true)
        }
    }
}
