// Depthwise convolution: y[n, i, j, c·m + k] = bias + Σ x[n, i·s + p, j·s + q, c] · w[p, q, c, k] for k < m, each channel for
// itself: lanes are channels of the result.
//
// The sums are those of WindowSums.swift, one image after the other. With a multiplier m, the image's channels are first repeated
// m times, and everything else is as for one.
//
// The input gradient is the same walk once for each pair of phases, of rows and columns: a position of the image meets, with
// stride s, every s-th row and column of the kernel, backwards.
// Limit: that of WindowSums.swift.

/// The lengths that a depthwise convolution and its gradients share.
package struct DepthwiseShape: Sendable, Hashable {
    package let vertical, horizontal: Windows
    /// Channels of the image.
    package let channels: Int
    /// Results of each channel.
    package let multiplier: Int

    package init(vertical: Windows, horizontal: Windows, channels: Int, multiplier: Int) {
        self.vertical = vertical
        self.horizontal = horizontal
        self.channels = channels
        self.multiplier = multiplier
    }

    /// Channels of the result.
    package var width: Int { channels * multiplier }
    package var inputCount: Int { vertical.size * horizontal.size * channels }
    package var outputCount: Int { vertical.count * horizontal.count * width }
    package var kernelCount: Int { vertical.window * horizontal.window * width }
    /// Multiplications and additions for one image, counting padding as if it were image.
    package var flops: Int { 2 * outputCount * vertical.window * horizontal.window }

    /// Floats of working space that the convolution and its input gradient need: an image with repeated channels.
    package var repeatedFloats: Int { multiplier > 1 ? inputCount * multiplier : 0 }
}

/// Forward convolution with what follows it; `scratch` holds `repeatedFloats`.
package func convolveDepthwise(
    _ shape: DepthwiseShape, images: Int, x: UnsafePointer<Float>, kernel: UnsafePointer<Float>,
    bias: UnsafePointer<Float>?, epilogue: Epilogue = .none, y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        var source = x + image * shape.inputCount
        if shape.multiplier > 1 {
            repeatChannels(count: shape.inputCount, times: shape.multiplier, from: source, to: scratch)
            source = UnsafePointer(scratch)
        }
        WindowSums(
            vertical: SumAxis(forward: shape.vertical), horizontal: SumAxis(forward: shape.horizontal),
            kernelColumns: shape.horizontal.window, targetColumns: shape.horizontal.count, width: shape.width,
            source: source, kernel: kernel, bias: bias, epilogue: epilogue,
            target: y + image * shape.outputCount
        ).compute()
    }
}

/// The gradient of the images; `scratch` holds `repeatedFloats`.
package func depthwiseInputGradient(
    _ shape: DepthwiseShape, images: Int, dy: UnsafePointer<Float>, kernel: UnsafePointer<Float>,
    dx: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Float>
) {
    for image in 0..<images {
        let dx = dx + image * shape.inputCount
        for row in 0..<shape.vertical.stride {
            for column in 0..<shape.horizontal.stride {
                WindowSums(
                    vertical: SumAxis(backward: shape.vertical, remainder: row),
                    horizontal: SumAxis(backward: shape.horizontal, remainder: column),
                    kernelColumns: shape.horizontal.window, targetColumns: shape.horizontal.size, width: shape.width,
                    source: dy + image * shape.outputCount, kernel: kernel, bias: nil, epilogue: .none,
                    target: shape.multiplier > 1 ? scratch : dx
                ).compute()
            }
        }
        if shape.multiplier > 1 { sumRepeats(count: shape.inputCount, times: shape.multiplier, from: scratch, to: dx) }
    }
}

/// Every number several times, next to each other.
func repeatChannels(count: Int, times: Int, from x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>) {
    for index in 0..<count { (y + index * times).update(repeating: x[index], count: times) }
}

/// The sum of each so many neighbouring numbers.
private func sumRepeats(count: Int, times: Int, from x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>) {
    for index in 0..<count {
        var sum = x[index * times]
        for k in 1..<times { sum += x[index * times + k] }
        y[index] = sum
    }
}
