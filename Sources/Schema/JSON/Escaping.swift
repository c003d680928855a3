extension String {
    /// Puts something else in the place of a sign, even where an accent that follows it makes one character of the two.
    package func escaping(_ sign: Unicode.Scalar, as replacement: String) -> String {
        guard unicodeScalars.contains(sign) else { return self }
        return unicodeScalars.split(separator: sign, omittingEmptySubsequences: false).map { String($0) }
            .joined(separator: replacement)
    }
}
