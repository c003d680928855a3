// Numbers as people read them. No locale takes part: the same number is the same text everywhere.

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A number with so many digits after the point, correctly rounded: `fixed(0.98765, digits: 4)` is `0.9877`.
package func fixed(_ value: Double, digits: Int) -> String {
    let text = printed("%.*f", value, digits)
    // A loss that rounds to zero from below is no negative zero to a reader.
    return text.hasPrefix("-") && text.allSatisfy { "-0.".contains($0) } ? String(text.dropFirst()) : text
}

/// A number with so many significant digits and no trailing zeros, in scientific form where that is shorter: `1e-05`.
package func significant(_ value: Double, digits: Int) -> String {
    printed("%.*g", value, digits)
}

/// A loss or accuracy: four digits after the point while they say something, else three significant ones.
package func metric(_ value: Double) -> String {
    let size = abs(value)
    return size == 0 || (0.001..<10_000).contains(size) || !value.isFinite
        ? fixed(value, digits: 4) : significant(value, digits: 3)
}

/// A share as `97.94 %`.
package func percent(_ share: Double, digits: Int = 2) -> String {
    fixed(share * 100, digits: digits) + " %"
}

/// A count as `34,826`.
package func grouped(_ count: Int) -> String {
    var digits = String(count.magnitude)[...]
    var groups: [Substring] = []
    while digits.count > 3 {
        groups.append(digits.suffix(3))
        digits = digits.dropLast(3)
    }
    groups.append(digits)
    return (count < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

/// A size as `1.3 MB`, in powers of a thousand.
package func byteSize(_ bytes: Int) -> String {
    scaled(Double(bytes), unit: "B")
}

/// A quantity with the prefix that leaves one to three digits before the point: `34.8 kB`, `1.2 GFLOP`, `12 B`.
package func scaled(_ value: Double, unit: String) -> String {
    guard value.isFinite else { return "\(fixed(value, digits: 0)) \(unit)" }
    let prefixes = ["", "k", "M", "G", "T", "P", "E"]
    var number = value
    var index = 0
    // 999.95 is where one digit after the point would round up to 1000.0.
    while abs(number) >= (index == 0 ? 1000 : 999.95), index < prefixes.count - 1 {
        number /= 1000
        index += 1
    }
    return "\(index == 0 ? significant(number, digits: 3) : fixed(number, digits: 1)) \(prefixes[index])\(unit)"
}

private func printed(_ format: String, _ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    // The longest double has 309 digits before the point.
    let digits = min(max(digits, 0), 100)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
        _ = withVaList([Int32(digits), value]) { vsnprintf(buffer.baseAddress, buffer.count, format, $0) }
        return buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
}
