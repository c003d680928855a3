/// How long something took, as a report says it: `83 ms`, `12.3 s`, `4 min 05 s`, `2 h 07 min`, `3 d 04 h`.
package func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < 1e12 else { return "unknown" }
    // Each limit is where the coarser unit's rounding takes over.
    if seconds < 0.0995 { return "\(significant(max(seconds, 0) * 1000, digits: 2)) ms" }
    if seconds < 0.9995 { return "\(fixed(seconds * 1000, digits: 0)) ms" }
    if seconds < 59.95 { return "\(fixed(seconds, digits: 1)) s" }
    let whole = Int(seconds.rounded())
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    let minutes = Int((seconds / 60).rounded())
    if minutes < 24 * 60 { return "\(minutes / 60) h \(twoDigits(minutes % 60)) min" }
    let hours = Int((seconds / 3600).rounded())
    return "\(hours / 24) d \(twoDigits(hours % 24)) h"
}

/// How long is left, as a clock says it: `0:07`, `12:45`, `1:02:03`, and `3d 04h` when nobody counts seconds.
package func clock(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e12 else { return "-:--" }
    let whole = Int(max(seconds, 0).rounded())
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    if hours >= 100 { return "\(hours / 24)d \(twoDigits(hours % 24))h" }
    return hours > 0
        ? "\(hours):\(twoDigits(minutes)):\(twoDigits(whole % 60))" : "\(minutes):\(twoDigits(whole % 60))"
}

private func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
