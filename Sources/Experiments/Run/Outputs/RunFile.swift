/// The name of a file in a run directory.
///
/// Each output names its files beside its code: `extension RunFile { static let curves = RunFile(rawValue: "curves.csv") }`.
package struct RunFile: RawRepresentable, Hashable, Sendable, CaseIterable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// The files of all outputs that a run has unless somebody leaves them out.
    package static var allCases: [RunFile] { RunOutputs.all.flatMap { $0.files } }
}
