import Kernels

/// A convolution and its gradients in double precision, the truth that roundings are measured against.
package struct ExactConvolution {
    private let shape: ConvolutionShape
    private let images: Int

    /// Of so many images.
    package init(_ shape: ConvolutionShape, images: Int) {
        self.shape = shape
        self.images = images
    }

    /// Every multiplication: which float of the images and of the kernel, for which result.
    @inline(__always)
    private func forEachProduct(_ body: (_ x: Int, _ w: Int, _ y: Int) -> Void) {
        let (vertical, horizontal) = (shape.vertical, shape.horizontal)
        for n in 0..<images {
            for i in 0..<vertical.count {
                for j in 0..<horizontal.count {
                    for h in vertical.range(i) {
                        for w in horizontal.range(j) {
                            let x = ((n * vertical.size + h) * horizontal.size + w) * shape.channels
                            let p = h - i * vertical.stride + vertical.before
                            let q = w - j * horizontal.stride + horizontal.before
                            let kernel = (p * horizontal.window + q) * shape.channels * shape.filters
                            let y = ((n * vertical.count + i) * horizontal.count + j) * shape.filters
                            for c in 0..<shape.channels {
                                for f in 0..<shape.filters { body(x + c, kernel + c * shape.filters + f, y + f) }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Results without a bias.
    package func results(x: [Float], kernel: [Float]) -> [Double] {
        var y = [Double](repeating: 0, count: images * shape.outputCount)
        forEachProduct { y[$2] += Double(x[$0]) * Double(kernel[$1]) }
        return y
    }

    /// The gradient of the images.
    package func inputGradient(dy: [Float], kernel: [Float]) -> [Double] {
        var dx = [Double](repeating: 0, count: images * shape.inputCount)
        forEachProduct { dx[$0] += Double(dy[$2]) * Double(kernel[$1]) }
        return dx
    }

    /// The gradient of the kernel.
    package func kernelGradient(x: [Float], dy: [Float]) -> [Double] {
        var dw = [Double](repeating: 0, count: shape.kernelCount)
        forEachProduct { dw[$1] += Double(x[$0]) * Double(dy[$2]) }
        return dw
    }
}
