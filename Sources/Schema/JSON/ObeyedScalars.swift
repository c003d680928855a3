extension Unicode.Scalar {
    /// Whether a terminal or an editor acts on it instead of showing it: controls, breaks of lines, and what is invisible, such
    /// as a change of direction. Of the invisible ones only the joiners within emoji are harmless.
    package var isObeyed: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        case .format: self != "\u{200D}"
        default: false
        }
    }
}
