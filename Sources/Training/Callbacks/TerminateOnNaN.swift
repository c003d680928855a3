import Schema

/// Accepted because Keras's configs name it: every run ends at the first loss that is no number, with it or without.
package struct TerminateOnNaN: Callback {
    /// Nothing to set.
    package init() {}

    package static let name = "TerminateOnNaN"
    package static let summary = "Ends training when the loss is not a number, as every run does anyway."
    package static var fields: [Field<TerminateOnNaN>] { [] }
}
