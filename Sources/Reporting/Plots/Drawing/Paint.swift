/// A colour of the screen.
package struct RGB: Sendable, Hashable {
    package var red: UInt8
    package var green: UInt8
    package var blue: UInt8

    /// `RGB(0x0072B2)`, as style sheets write it.
    package init(_ hex: UInt32) {
        red = UInt8(truncatingIfNeeded: hex >> 16)
        green = UInt8(truncatingIfNeeded: hex >> 8)
        blue = UInt8(truncatingIfNeeded: hex)
    }

    package init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// `#0072b2`, in three digits where they are enough.
    var hex: String {
        let digits = [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let isShort = digits.allSatisfy { $0.first == $0.last }
        return "#" + digits.map { isShort ? String($0.prefix(1)) : $0 }.joined()
    }

    /// Between this colour at 0 and another at 1.
    func mixed(with other: RGB, _ share: Double) -> RGB {
        func channel(_ from: UInt8, _ to: UInt8) -> UInt8 {
            UInt8((Double(from) + (Double(to) - Double(from)) * min(1, max(0, share))).rounded())
        }
        return RGB(
            red: channel(red, other.red), green: channel(green, other.green), blue: channel(blue, other.blue))
    }
}

/// The surroundings that a picture is made for.
package enum Theme: String, Sendable, CaseIterable {
    case light, dark
}

/// A colour by its purpose: it has a value in each theme, and a name by which style sheets know it.
///
/// The name decides the values, so that many pictures can share one page.
package struct Paint: Sendable, Hashable {
    let name: String
    package let light: RGB
    package let dark: RGB

    init(_ name: String, light: UInt32, dark: UInt32) {
        self.init(name, light: RGB(light), dark: RGB(dark))
    }

    init(_ name: String, light: RGB, dark: RGB) {
        self.name = name
        self.light = light
        self.dark = dark
    }

    package func color(in theme: Theme) -> RGB { theme == .light ? light : dark }

    /// What everything lies on.
    package static let surface = Paint("surface", light: 0xFFFFFF, dark: 0x14181D)
    /// Titles, and whatever is to be read first.
    package static let ink = Paint("ink", light: 0x1B1F24, dark: 0xE8EBEE)
    /// Ticks, captions and notes.
    package static let muted = Paint("muted", light: 0x5B6570, dark: 0x9AA5B0)
    /// Axes, and cells without a value.
    package static let faint = Paint("faint", light: 0xA4ACB5, dark: 0x59626C)
    package static let grid = Paint("grid", light: 0xE6E9EC, dark: 0x2A3038)
}
