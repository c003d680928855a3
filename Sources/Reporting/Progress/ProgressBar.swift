/// A bar that moves by half a column: `━━━━━╸────`.
package func progressBar(share: Double, width: Int, style: Style = .plain) -> String {
    guard width > 0 else { return "" }
    let halves = Int((min(1, max(0, share)) * Double(2 * width)).rounded(.down))
    let done = String(repeating: "━", count: halves / 2) + (halves % 2 == 1 ? "╸" : "")
    return style.green(done) + style.dim(String(repeating: "─", count: width - (halves + 1) / 2))
}
