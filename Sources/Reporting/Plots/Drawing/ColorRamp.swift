/// Colours for numbers from 0 to 1, in steps that look equally far apart.
///
/// A ramp begins near the surface and ends far from it, in either theme, so that much always stands out. Steps are few:
/// nobody tells more apart, and a style sheet stays short.
package struct ColorRamp: Sendable, Hashable {
    let name: String
    private let light: [OKLab]
    private let dark: [OKLab]

    /// From nothing to much.
    package static let blue = ColorRamp(
        "b", light: [0xF5F9FC, 0x8FBFE0, 0x0A5C96, 0x062F55], dark: [0x1A2129, 0x1F4F7D, 0x4C9FE0, 0xD3EAFB])
    /// The same in another hue, for what should not be mistaken for the first.
    package static let orange = ColorRamp(
        "o", light: [0xFEF7F1, 0xF6B98B, 0xC85400, 0x6B2B00], dark: [0x211C18, 0x74401E, 0xF28344, 0xFCE1CF])
    /// Many hues of rising lightness, for numbers that are read off by colour alone.
    package static let viridis = ColorRamp(
        "v", light: [0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725],
        dark: [0x440154, 0x3B528B, 0x21918C, 0x5EC962, 0xFDE725])
    /// For lines, which must be seen at either end: from much like the surface to the palette's blue.
    package static let result = ColorRamp(
        "r", light: [0xD9DEE3, 0x86BBD8, 0x0072B2, 0x052C52], dark: [0x38414A, 0x2F6690, 0x4C9FE0, 0xDDF0FF])
    /// From far below through nothing, at one half, to far above.
    package static let diverging = ColorRamp(
        "d", light: [0x0A5C96, 0x8FBFE0, 0xF7F7F7, 0xF6B98B, 0xB84A00],
        dark: [0x6DB5F0, 0x1F5E94, 0x20262D, 0x8A4A20, 0xF6965C])

    private static let steps = 24

    private init(_ name: String, light: [UInt32], dark: [UInt32]) {
        self.name = name
        self.light = light.map { OKLab(RGB($0)) }
        self.dark = dark.map { OKLab(RGB($0)) }
    }

    /// The colour of a share; those outside 0 to 1 have that of the nearer end.
    package func paint(_ share: Double) -> Paint {
        let step = step(share)
        return Paint("\(name)\(step)", light: color(step, light), dark: color(step, dark))
    }

    /// What can be read on the colour of a share.
    package func ink(on share: Double) -> Paint {
        let step = step(share)
        func readable(on color: RGB) -> RGB {
            color.luminance > 0.3 ? RGB(0x1B1F24) : RGB(0xFFFFFF)
        }
        let (light, dark) = (readable(on: color(step, light)), readable(on: color(step, dark)))
        // A name for each of the four cases, not for each step.
        return Paint("on\(light.red > 128 ? "w" : "k")\(dark.red > 128 ? "w" : "k")", light: light, dark: dark)
    }

    private func step(_ share: Double) -> Int {
        share.isNaN ? 0 : Int((min(1, max(0, share)) * Double(Self.steps)).rounded())
    }

    private func color(_ step: Int, _ stops: [OKLab]) -> RGB {
        let place = Double(step) / Double(Self.steps) * Double(stops.count - 1)
        let index = min(Int(place), stops.count - 2)
        return stops[index].mixed(with: stops[index + 1], place - Double(index)).rgb
    }
}

/// A colour in Ottosson's coordinates, in which equal distances look equal: https://bottosson.github.io/posts/oklab/
private struct OKLab: Hashable {
    var lightness, a, b: Double

    init(_ color: RGB) {
        let (red, green, blue) = (linear(color.red), linear(color.green), linear(color.blue))
        let l = cubeRoot(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
        let m = cubeRoot(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
        let s = cubeRoot(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
        lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
        a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
        b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
    }

    func mixed(with other: OKLab, _ share: Double) -> OKLab {
        var result = self
        result.lightness += (other.lightness - lightness) * share
        result.a += (other.a - a) * share
        result.b += (other.b - b) * share
        return result
    }

    var rgb: RGB {
        let l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b)
        let m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b)
        let s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b)
        return RGB(
            red: encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
            green: encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
            blue: encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))
    }
}

extension RGB {
    /// How light a colour is, from 0 to 1, as the accessibility guidelines define it.
    var luminance: Double { 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) }
}

private func cube(_ value: Double) -> Double { value * value * value }

/// The channel as an amount of light, nearly: a square in place of the exponent 2.2 needs no library, and the same bits
/// come out everywhere.
private func linear(_ channel: UInt8) -> Double {
    let share = Double(channel) / 255
    return share * share
}

private func encoded(_ light: Double) -> UInt8 {
    UInt8((min(1, max(0, light)).squareRoot() * 255).rounded())
}

/// By Newton's method, which settles in far fewer steps than it is given.
private func cubeRoot(_ value: Double) -> Double {
    guard value > 0 else { return 0 }
    var root = 1.0
    for _ in 0..<40 { root -= (root - value / (root * root)) / 3 }
    return root
}
