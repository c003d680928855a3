import Kernels

// The gradients of a convolution behind which a max pool stands, by their definition: maximum by maximum, zeros skipped.

private struct PooledConvolution {
    let convolution: ConvolutionShape
    let pool: PoolingShape
    var filters: Int { convolution.filters }
    var pixels: Int { pool.vertical.count * pool.horizontal.count }
    var places: Int { pool.vertical.window * pool.horizontal.window }

    /// Calls the body for every maximum that passes something on: image, the winner's place in the convolution's result, filter, value.
    func forEachWinner(
        images: Int, dy: [Float], winners: [Float], _ body: (_ n: Int, _ i: Int, _ j: Int, _ f: Int, Float) -> Void
    ) {
        for index in dy.indices where dy[index] != 0 {
            let (pixel, f) = index.quotientAndRemainder(dividingBy: filters)
            let (n, window) = pixel.quotientAndRemainder(dividingBy: pixels)
            let (y, x) = window.quotientAndRemainder(dividingBy: pool.horizontal.count)
            let (p, q) = Int(winners[index].bitPattern).quotientAndRemainder(dividingBy: pool.horizontal.window)
            body(n, y * pool.vertical.stride + p, x * pool.horizontal.stride + q, f, dy[index])
        }
    }

    /// Calls the body for every kernel position that meets the image at a result's place: index in the image, index in the kernel.
    func forEachMeeting(_ n: Int, _ i: Int, _ j: Int, _ body: (_ image: Int, _ kernel: Int) -> Void) {
        let (vertical, horizontal) = (convolution.vertical, convolution.horizontal)
        for p in 0..<vertical.window {
            for q in 0..<horizontal.window {
                let h = i * vertical.stride + p - vertical.before
                let w = j * horizontal.stride + q - horizontal.before
                guard 0..<vertical.size ~= h, 0..<horizontal.size ~= w else { continue }
                for c in 0..<convolution.channels {
                    body(
                        ((n * vertical.size + h) * horizontal.size + w) * convolution.channels + c,
                        (p * horizontal.window + q) * convolution.channels + c)
                }
            }
        }
    }
}

extension Reference {
    /// dw: one chain over all maxima in order, or one for each image, added up in order.
    package static func pooledKernelGradient(
        _ convolution: ConvolutionShape, _ pool: PoolingShape, images: Int, x: [Float], dy: [Float], winners: [Float],
        imageByImage: Bool
    ) -> [Float] {
        let shape = PooledConvolution(convolution: convolution, pool: pool)
        var dw = [Float](repeating: 0, count: convolution.kernelCount)
        var sum = dw
        var current = 0
        func finish() {
            for index in dw.indices { dw[index] += sum[index] }
            sum = [Float](repeating: 0, count: dw.count)
        }
        shape.forEachWinner(images: images, dy: dy, winners: winners) { n, i, j, f, value in
            if imageByImage, n != current { finish() }
            current = n
            shape.forEachMeeting(n, i, j) { image, kernel in
                sum[kernel * shape.filters + f] = sum[kernel * shape.filters + f].adding(value, times: x[image])
            }
        }
        finish()
        return dw
    }

    /// dx, one chain over windows, their places and the filters in order.
    package static func pooledInputGradient(
        _ convolution: ConvolutionShape, _ pool: PoolingShape, images: Int, dy: [Float], winners: [Float],
        kernel weights: [Float]
    ) -> [Float] {
        let shape = PooledConvolution(convolution: convolution, pool: pool)
        var dx = [Float](repeating: 0, count: images * convolution.inputCount)
        for place in 0..<shape.pixels * images {
            let window = place * shape.filters..<(place + 1) * shape.filters
            for winner in 0..<shape.places {
                // This window and this place alone.
                let chosen = dy.indices.map {
                    window.contains($0) && Int(winners[$0].bitPattern) == winner ? dy[$0] : 0
                }
                guard chosen.contains(where: { $0 != 0 }) else { continue }
                shape.forEachWinner(images: images, dy: chosen, winners: winners) { n, i, j, f, value in
                    shape.forEachMeeting(n, i, j) { image, kernel in
                        dx[image] = dx[image].adding(value, times: weights[kernel * shape.filters + f])
                    }
                }
            }
        }
        return dx
    }
}
