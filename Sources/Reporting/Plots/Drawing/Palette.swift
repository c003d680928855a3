/// How the members of a series of lines, points or bars differ: by colour, and when colours run out by dashes.
///
/// The colours are those of Okabe and Ito, which people tell apart whichever cones they lack, made a little darker on white
/// and lighter on black where they would be hard to see.
package enum Palette {
    private static let paints: [Paint] = [
        Paint("s0", light: 0x0072B2, dark: 0x4C9FE0),
        Paint("s1", light: 0xD55E00, dark: 0xF28344),
        Paint("s2", light: 0x009E73, dark: 0x2BC295),
        Paint("s3", light: 0xBF5F97, dark: 0xE39CC6),
        Paint("s4", light: 0xD99400, dark: 0xF0B52E),
        Paint("s5", light: 0x45A5D9, dark: 0x9AD5F7),
        Paint("s6", light: 0x4D5560, dark: 0xB9C1CA),
        // Ten classes are common; these three differ from the others in lightness, too.
        Paint("s7", light: 0x7A1F4D, dark: 0xC25F92),
        Paint("s8", light: 0x8A9216, dark: 0xCBD26A),
        Paint("s9", light: 0x9A6B4F, dark: 0xB98A6C),
    ]

    private static let dashes: [[Double]] = [[], [6, 4], [1.5, 4], [9, 4, 1.5, 4]]

    /// The colour of a member, counted from zero.
    package static func paint(_ index: Int) -> Paint {
        paints[remainder(index, paints.count)]
    }

    /// The dashes of a member: none until every colour has been used.
    package static func dashes(_ index: Int) -> [Double] {
        dashes[remainder(index / paints.count, dashes.count)]
    }

    private static func remainder(_ index: Int, _ count: Int) -> Int {
        let rest = index % count
        return rest < 0 ? rest + count : rest
    }
}
