import Foundation

/// In bytes, of the whole process so far.
func peakMemory() -> Int {
    #if os(Linux)
    // What getrusage says begins with the peak of the process that started this one.
    let lines = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n") ?? []
    let words = lines.first { $0.hasPrefix("VmHWM:") }?.split(separator: " ") ?? []
    return words.count > 1 ? (Int(words[1]) ?? 0) * 1024 : 0
    #else
    var usage = rusage()
    getrusage(RUSAGE_SELF, &usage)
    return usage.ru_maxrss
    #endif
}
