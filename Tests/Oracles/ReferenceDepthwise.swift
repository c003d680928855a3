import Kernels

// Depthwise convolution by its definition. Images are NHWC; what of a window lies beside the image is left out.

extension DepthwiseShape {
    /// Calls the body for every product of one image with what it reads and adds to: results in order, then the kernel's rows
    /// and columns.
    fileprivate func forEachProduct(_ body: (_ x: Int, _ w: Int, _ y: Int) -> Void) {
        for i in 0..<vertical.count {
            for j in 0..<horizontal.count {
                for channel in 0..<width {
                    for p in 0..<vertical.window {
                        for q in 0..<horizontal.window {
                            let h = i * vertical.stride + p * vertical.dilation - vertical.before
                            let w = j * horizontal.stride + q * horizontal.dilation - horizontal.before
                            guard 0..<vertical.size ~= h, 0..<horizontal.size ~= w else { continue }
                            body(
                                (h * horizontal.size + w) * channels + channel / multiplier,
                                (p * horizontal.window + q) * width + channel,
                                (i * horizontal.count + j) * width + channel)
                        }
                    }
                }
            }
        }
    }
}

extension Reference {
    /// One chain of multiply-adds from the bias, in the order of the kernel's rows and columns.
    package static func convolveDepthwise(
        _ shape: DepthwiseShape, images: Int, x: [Float], kernel: [Float], bias: [Float]?
    ) -> [Float] {
        var y = (0..<images * shape.outputCount).map { bias?[$0 % shape.width] ?? 0 }
        for n in 0..<images {
            shape.forEachProduct { source, weight, target in
                let target = n * shape.outputCount + target
                y[target] = y[target].adding(x[n * shape.inputCount + source], times: kernel[weight])
            }
        }
        return y
    }

    /// For each filter of a channel one chain in the order of the results; the filters' sums in order.
    package static func depthwiseInputGradient(
        _ shape: DepthwiseShape, images: Int, dy: [Float], kernel: [Float]
    ) -> [Float] {
        var products: [[(weight: Int, result: Int)]] = Array(
            repeating: [], count: shape.inputCount * shape.multiplier)
        shape.forEachProduct { source, weight, target in
            products[source * shape.multiplier + target % shape.multiplier].append((weight, target))
        }
        return (0..<images).flatMap { n in
            (0..<shape.inputCount).map { place in
                let sums = (0..<shape.multiplier).map { k in
                    products[place * shape.multiplier + k].reduce(Float(0)) {
                        $0.adding(dy[n * shape.outputCount + $1.result], times: kernel[$1.weight])
                    }
                }
                return sums.dropFirst().reduce(sums[0], +)
            }
        }
    }

    /// For each image one chain in the order of the results, then added.
    package static func addDepthwiseKernelGradient(
        _ shape: DepthwiseShape, images: Int, x: [Float], dy: [Float], dw: inout [Float]
    ) {
        for n in 0..<images {
            var sums = [Float](repeating: 0, count: shape.kernelCount)
            shape.forEachProduct { source, weight, target in
                sums[weight] = sums[weight].adding(
                    x[n * shape.inputCount + source], times: dy[n * shape.outputCount + target])
            }
            for (index, sum) in sums.enumerated() { dw[index] += sum }
        }
    }
}
