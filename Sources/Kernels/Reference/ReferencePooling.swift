// Pooling by its definition: windows see only what lies on the image, each channel for itself.

extension PoolingShape {
    /// Where every value lies that the window of one result sees, row by row.
    fileprivate func window(_ n: Int, _ i: Int, _ j: Int, _ c: Int) -> [Int] {
        var indices: [Int] = []
        for p in 0..<vertical.window {
            for q in 0..<horizontal.window {
                let h = i * vertical.stride + p - vertical.before
                let w = j * horizontal.stride + q - horizontal.before
                guard 0..<vertical.size ~= h, 0..<horizontal.size ~= w else { continue }
                indices.append(((n * vertical.size + h) * horizontal.size + w) * channels + c)
            }
        }
        return indices
    }

    /// The windows of all results, in the results' order.
    fileprivate func windows(images: Int) -> [[Int]] {
        var all: [[Int]] = []
        for n in 0..<images {
            for i in 0..<vertical.count {
                for j in 0..<horizontal.count {
                    for c in 0..<channels { all.append(window(n, i, j, c)) }
                }
            }
        }
        return all
    }
}

extension Reference {
    /// The largest value of every window; if one is NaN, NaN.
    package static func maxPool(_ shape: PoolingShape, images: Int, x: [Float]) -> [Float] {
        shape.windows(images: images).map { window in
            window.contains { x[$0].isNaN } ? .nan : window.map { x[$0] }.max() ?? -.infinity
        }
    }

    /// Every dy is added where its window's largest value first stands.
    package static func maxPoolGradient(_ shape: PoolingShape, images: Int, x: [Float], dy: [Float]) -> [Float] {
        var dx = [Float](repeating: 0, count: x.count)
        for (window, gradient) in zip(shape.windows(images: images), dy) {
            let largest = window.map { x[$0] }.max()
            if let place = window.first(where: { x[$0] == largest }) { dx[place] += gradient }
        }
        return dx
    }

    /// The mean of every window, its values added in order.
    package static func averagePool(_ shape: PoolingShape, images: Int, x: [Float]) -> [Float] {
        shape.windows(images: images).map { window in
            window.reduce(0) { $0 + x[$1] } / Float(window.count)
        }
    }

    /// Every dy is shared evenly by its window.
    package static func averagePoolGradient(_ shape: PoolingShape, images: Int, dy: [Float]) -> [Float] {
        var dx = [Float](repeating: 0, count: images * shape.inputCount)
        for (window, gradient) in zip(shape.windows(images: images), dy) {
            for place in window { dx[place] += gradient / Float(window.count) }
        }
        return dx
    }
}
