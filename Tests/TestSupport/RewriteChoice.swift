import Autograd

extension Rewrites {
    package var names: [String] { (forward + backward).map(\.name) }

    /// All but one.
    package func without(_ name: String) -> Rewrites {
        Rewrites(forward: forward.filter { $0.name != name }, backward: backward.filter { $0.name != name })
    }
}
