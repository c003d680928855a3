import Machine
import Schema

/// Whether the processor has what the kernels were built to use; otherwise the first of them would be an illegal
/// instruction. Nothing here is compiled for any special processor.
struct ProcessorCheck {
    /// What the build needs.
    let needed: [String]
    /// What the processor has; nil where the system does not say.
    let present: Set<String>?

    /// By what `/proc/cpuinfo` says, or nil if it cannot be read.
    init(needed: [String] = NeededFeatures.names, information: String? = Surroundings.here.file("/proc/cpuinfo")) {
        self.needed = needed
        let line = information?.split(separator: "\n").first { $0.hasPrefix("flags") }
        present = line.map { Set($0.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == ":" }).map(String.init)) }
    }

    /// Why the program cannot run here; nil if it can.
    var refusal: String? {
        let missing = needed.filter { present?.contains($0) == false }
        guard !missing.isEmpty else { return nil }
        return "this build is for processors with \(missing.joined(separator: ", ")), which this one lacks; "
            + "build it here, or with MNIST_LAB_CPU=x86-64 for any"
    }

    /// Whether the processor has fused multiply-add and the build leaves it idle.
    var isSlow: Bool { present?.contains("fma") == true && !needed.contains("fma") }
}

extension Call {
    /// Says that a build is much slower than it need be, to whoever computes with it.
    func warnOfSlowBuild(_ check: ProcessorCheck = ProcessorCheck()) {
        guard check.isSlow, command.options.contains(where: { $0.name == Common.threads.name }) else { return }
        warn(
            Problems([
                Problem(
                    "this build leaves out fused multiply-add, which this processor has, and takes about two and a half "
                        + "times as long as with it",
                    remedy: "build it without MNIST_LAB_CPU, or with MNIST_LAB_CPU=x86-64-v3")
            ]))
    }
}
