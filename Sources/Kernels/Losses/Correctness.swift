/// 1 for every row whose first largest value is at its label, otherwise 0.
package func correctness(
    rows: Int, classes: Int, x: UnsafePointer<Float>, labels: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>
) {
    for row in 0..<rows {
        let x = x + row * classes
        var best = 0
        for index in 1..<max(classes, 1) where x[index] > x[best] { best = index }
        y[row] = best == Int(labels[row]) ? 1 : 0
    }
}
