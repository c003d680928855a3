import Schema

/// Accepted because Keras's users name it; every run ends at the first loss that is not finite, with or without it.
package struct TerminateOnNaN: Callback {
    package init() {}

    package static let name = "TerminateOnNaN"
    package static let summary = "Ends training when the loss is not a number, as every run does anyway."
    package static var fields: [Field<TerminateOnNaN>] { [] }
}
