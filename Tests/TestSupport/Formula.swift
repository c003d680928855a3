/// The formula of models.json: numbers that both sides compute for themselves.
package enum Formula {
    package static func hash(_ index: Int, salt: UInt32) -> UInt32 {
        var x = UInt32(truncatingIfNeeded: index) &+ salt &* 0x9E37_79B9
        x ^= x >> 16
        x = x &* 0x7FEB_352D
        x ^= x >> 15
        x = x &* 0x846C_A68B
        x ^= x >> 16
        return x
    }

    package static func value(_ index: Int, salt: UInt32) -> Float { Float(hash(index, salt: salt) >> 8) * 0x1p-24 }

    package static func label(_ image: Int, step: Int) -> Int { Int(hash(image, salt: UInt32(2000 + step)) % 10) }

    package static func labels(_ batch: Int, step: Int) -> [Float] { (0..<batch).map { Float(label($0, step: step)) } }

    package static func images(_ batch: Int, step: Int) -> [Float] {
        var pixels = [Float]()
        for image in 0..<batch {
            let digit = label(image, step: step)
            let rows = 14 * (digit / 5) + 4..<14 * (digit / 5) + 10
            let columns = 5 * (digit % 5) + 2..<5 * (digit % 5) + 6
            for row in 0..<28 {
                for column in 0..<28 {
                    let noise = 0.5 * value((image * 28 + row) * 28 + column, salt: UInt32(1000 + step))
                    pixels.append(rows.contains(row) && columns.contains(column) ? 1 : noise)
                }
            }
        }
        return pixels
    }
}
