/// What an array in NumPy's own format says of itself, before its elements.
package struct NumPyHeader {
    /// As NumPy writes it: `<f4`, `|u1`.
    package let type: String
    /// Whether the first axis is the innermost one.
    package let isFortran: Bool
    /// None for a single number.
    package let shape: [Int]
    /// Of the first element.
    package let start: Int

    /// Reads the header of a member of an archive; every length is checked.
    package init(of member: [UInt8], name: String) throws(ArchiveError) {
        let bytes = member.span.bytes
        guard member.count >= 12, member.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw ArchiveError(fact: .notArray(name), offset: 0)
        }
        // Version 1 gives the header's length two bytes, later ones four.
        let isFirstVersion = member[6] == 1
        let first = isFirstVersion ? 10 : 12
        let length = isFirstVersion ? bytes.half(at: 8) : Int(bytes.word(at: 8))
        guard first + length <= member.count else { throw ArchiveError(fact: .notArray(name), offset: 8) }
        let header = String(decoding: member[first..<first + length], as: UTF8.self)
        start = first + length
        type = (Self.value(of: "descr", in: header) ?? "unknown").filter { $0 != "'" }
        isFortran = Self.value(of: "fortran_order", in: header) == "True"
        shape = (Self.value(of: "shape", in: header) ?? "").split(separator: ",").compactMap { size in
            let digits = size.filter { !$0.isWhitespace }
            return digits.isEmpty ? nil : Int(digits) ?? -1
        }
    }

    /// How many elements the shape has; nil for an impossible one.
    package var count: Int? {
        var product = 1
        for size in shape {
            let (next, overflow) = product.multipliedReportingOverflow(by: size)
            guard size >= 0, !overflow else { return nil }
            product = next
        }
        return product
    }

    /// The header is a Python dictionary of three entries, always written alike.
    private static func value(of key: String, in header: String) -> String? {
        guard let place = header.firstRange(of: "'\(key)':") else { return nil }
        let rest = header[place.upperBound...].drop { $0 == " " }
        if rest.first == "(" { return String(rest.dropFirst().prefix { $0 != ")" }) }
        return String(rest.prefix { $0 != "," && $0 != "}" })
    }
}
