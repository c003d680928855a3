/// The sum of the squares of one range of floats, in sixteen lanes whatever the machine, added up in order.
package func squareSum(_ range: Range<Int>, of values: UnsafePointer<Float>) -> Float {
    var sums = SIMD16<Float>.zero
    var index = range.lowerBound
    while index + 16 <= range.upperBound {
        let x = UnsafeRawPointer(values + index).loadUnaligned(as: SIMD16<Float>.self)
        sums = sums.adding(x, times: x)
        index += 16
    }
    for lane in 0..<range.upperBound - index {
        sums[lane] = sums[lane].adding(values[index + lane], times: values[index + lane])
    }
    var sum: Float = 0
    for lane in 0..<16 { sum += sums[lane] }
    return sum
}
