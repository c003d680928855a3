import Foundation

// Numbers, paths and texts as SVG writes them, in as few characters as possible.

/// A coordinate in tenths of a pixel, which nobody can tell from the exact one.
func tenths(_ value: Double) -> Int {
    value.isFinite ? Int((min(1e6, max(-1e6, value)) * 10).rounded()) : 0
}

/// `12.3`, `-.5`, `7`.
func text(tenths value: Int) -> String {
    let size = value.magnitude
    let (whole, rest) = (size / 10, size % 10)
    let digits = rest == 0 ? "\(whole)" : (whole == 0 ? "" : "\(whole)") + ".\(rest)"
    return value < 0 ? "-" + digits : digits
}

/// A number with one digit after the point, or as many as are asked for.
func svgNumber(_ value: Double, digits: Int = 1) -> String {
    guard digits != 1 else { return text(tenths: tenths(value)) }
    var text = fixed(value, digits: digits)
    while text.last == "0" { text.removeLast() }
    return text.last == "." ? String(text.dropLast()) : text
}

/// A polyline: the first point as it is, the others as steps from the one before, which have fewer digits.
func svgPath(_ points: [Drawing.Point]) -> String {
    guard let first = points.first else { return "" }
    var (x, y) = (tenths(first.x), tenths(first.y))
    var path = "M\(joined(x, y))"
    var isFirst = true
    for point in points.dropFirst() {
        let (nextX, nextY) = (tenths(point.x), tenths(point.y))
        let step = joined(nextX - x, nextY - y)
        path += isFirst ? "l" : step.first == "-" ? "" : " "
        path += step
        (x, y, isFirst) = (nextX, nextY, false)
    }
    return path
}

/// Points without connection.
func svgDots(_ points: [Drawing.Point]) -> String {
    var (x, y) = (0, 0)
    var path = ""
    for point in points {
        let (nextX, nextY) = (tenths(point.x), tenths(point.y))
        path += "\(path.isEmpty ? "M" : "m")\(joined(nextX - x, nextY - y))h0"
        (x, y) = (nextX, nextY)
    }
    return path
}

/// Rectangles as one path.
func svgBoxes(_ boxes: [Drawing.Box]) -> String {
    boxes.map { box in
        let (x, y) = (tenths(box.x), tenths(box.y))
        let (width, height) = (tenths(box.right) - x, tenths(box.bottom) - y)
        return "M\(joined(x, y))h\(text(tenths: width))v\(text(tenths: height))h\(text(tenths: -width))z"
    }.joined()
}

private func joined(_ x: Int, _ y: Int) -> String {
    let second = text(tenths: y)
    return text(tenths: x) + (second.first == "-" ? "" : " ") + second
}

/// A text as content or attribute, without any character that XML forbids or a terminal obeys.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in displayable(text).unicodeScalars {
        switch scalar {
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "&": result += "&amp;"
        case "\"": result += "&quot;"
        case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Bytes within a text.
func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
