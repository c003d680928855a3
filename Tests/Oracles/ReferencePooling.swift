import Kernels

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
    /// The largest value of every window, the last NaN if there is one, and where in the window's list it first stands, as
    /// bits; of a rectified maximum that is not positive, zero and nowhere.
    package static func maxPool(
        _ shape: PoolingShape, images: Int, x: [Float], rectifies: Bool
    ) -> (maxima: [Float], winners: [Float]) {
        var (maxima, winners): ([Float], [Float]) = ([], [])
        for window in shape.windows(images: images) {
            let values = window.map { x[$0] }
            let winner = values.lastIndex { $0.isNaN } ?? values.firstIndex(of: values.max() ?? 0) ?? 0
            let isNothing = rectifies && values[winner] <= 0
            maxima.append(rectifies && values[winner] < 0 ? 0 : values[winner])
            winners.append(Float(bitPattern: isNothing ? .max : UInt32(winner)))
        }
        return (maxima, winners)
    }

    /// Every dy is added where its maximum's winner stands.
    package static func maxPoolGradient(
        _ shape: PoolingShape, images: Int, winners: [Float], dy: [Float]
    ) -> [Float] {
        var dx = [Float](repeating: 0, count: images * shape.inputCount)
        for (index, window) in shape.windows(images: images).enumerated() {
            let winner = winners[index].bitPattern
            if winner != .max { dx[window[Int(winner)]] += dy[index] }
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
