import Kernels

// Two-dimensional convolution by its definition. Images are NHWC and kernels HWIO; padding is zeros.

extension ConvolutionShape {
    /// x[n, h, w, c], or zero where a window reaches beyond the image.
    fileprivate func pixel(_ x: [Float], _ n: Int, _ h: Int, _ w: Int, _ c: Int) -> Float {
        guard 0..<vertical.size ~= h, 0..<horizontal.size ~= w else { return 0 }
        return x[((n * vertical.size + h) * horizontal.size + w) * channels + c]
    }

    fileprivate func kernelIndex(_ p: Int, _ q: Int, _ c: Int, _ f: Int) -> Int {
        ((p * horizontal.window + q) * channels + c) * filters + f
    }

    fileprivate func outputIndex(_ n: Int, _ i: Int, _ j: Int, _ f: Int) -> Int {
        ((n * vertical.count + i) * horizontal.count + j) * filters + f
    }
}

extension Windows {
    /// The position on the axis that element p of window i covers; on the padding, it lies outside of the axis.
    fileprivate func position(_ i: Int, _ p: Int) -> Int { i * stride + p - before }
}

extension Reference {
    /// y[n, i, j, f] = bias[f] + Σ x[n, i·s + p, j·s + q, c] · w[p, q, c, f], one chain of multiply-adds in the order p, q, c.
    package static func convolve(
        _ shape: ConvolutionShape, images: Int, x: [Float], kernel: [Float], bias: [Float]?
    ) -> [Float] {
        var y: [Float] = []
        for n in 0..<images {
            for i in 0..<shape.vertical.count {
                for j in 0..<shape.horizontal.count {
                    for f in 0..<shape.filters {
                        var sum = bias?[f] ?? 0
                        for p in 0..<shape.vertical.window {
                            for q in 0..<shape.horizontal.window {
                                let h = shape.vertical.position(i, p)
                                let w = shape.horizontal.position(j, q)
                                for c in 0..<shape.channels {
                                    sum = sum.adding(
                                        shape.pixel(x, n, h, w, c), times: kernel[shape.kernelIndex(p, q, c, f)])
                                }
                            }
                        }
                        y.append(sum)
                    }
                }
            }
        }
        return y
    }

    /// dx[n, h, w, c] = Σ dy[n, i, j, f] · w[p, q, c, f] over i·s + p = h and j·s + q = w, one chain in the order i, j, f.
    package static func convolutionInputGradient(
        _ shape: ConvolutionShape, images: Int, dy: [Float], kernel: [Float]
    ) -> [Float] {
        var dx: [Float] = []
        for n in 0..<images {
            for h in 0..<shape.vertical.size {
                for w in 0..<shape.horizontal.size {
                    for c in 0..<shape.channels {
                        var sum: Float = 0
                        for i in 0..<shape.vertical.count {
                            for j in 0..<shape.horizontal.count {
                                let p = h - shape.vertical.position(i, 0)
                                let q = w - shape.horizontal.position(j, 0)
                                guard 0..<shape.vertical.window ~= p, 0..<shape.horizontal.window ~= q else { continue }
                                for f in 0..<shape.filters {
                                    sum = sum.adding(
                                        dy[shape.outputIndex(n, i, j, f)], times: kernel[shape.kernelIndex(p, q, c, f)])
                                }
                            }
                        }
                        dx.append(sum)
                    }
                }
            }
        }
        return dx
    }

    /// dw[p, q, c, f] += Σ x[n, i·s + p, j·s + q, c] · dy[n, i, j, f]: for each image one chain in the order i, j, then added.
    package static func addConvolutionKernelGradient(
        _ shape: ConvolutionShape, images: Int, x: [Float], dy: [Float], dw: inout [Float]
    ) {
        for p in 0..<shape.vertical.window {
            for q in 0..<shape.horizontal.window {
                for c in 0..<shape.channels {
                    for f in 0..<shape.filters {
                        for n in 0..<images {
                            var sum: Float = 0
                            for i in 0..<shape.vertical.count {
                                for j in 0..<shape.horizontal.count {
                                    let h = shape.vertical.position(i, p)
                                    let w = shape.horizontal.position(j, q)
                                    sum = sum.adding(
                                        shape.pixel(x, n, h, w, c), times: dy[shape.outputIndex(n, i, j, f)])
                                }
                            }
                            dw[shape.kernelIndex(p, q, c, f)] += sum
                        }
                    }
                }
            }
        }
    }
}
