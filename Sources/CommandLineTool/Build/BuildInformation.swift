import Experiments
import Kernels
import Schema

/// How the program was built: what `--version --json` prints.
struct BuildInformation {
    let tool: Tool
    var commit = buildCommit

    var json: JSON {
        [
            "name": JSON(tool.name), "version": JSON(tool.version), "result_version": JSON(resultVersion),
            "commit": JSON(commit), "compiler": JSON(Self.compiler), "optimized": JSON(Self.isOptimized),
            "platform": JSON("\(Self.system)-\(Self.architecture)"), "c_library": JSON(Self.library),
            "vector_floats": JSON(laneCount), "fused_multiply_add": JSON(Self.hasMultiplyAdd),
            "processor_features": JSON(NeededFeatures.names),
        ]
    }

    private static var compiler: String {
        #if compiler(>=6.4)
        "Swift 6.4 or later"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #elseif compiler(>=6.2)
        "Swift 6.2"
        #else
        "Swift 6.1"
        #endif
    }

    private static var isOptimized: Bool {
        #if DEBUG
        false
        #else
        true
        #endif
    }

    private static var system: String {
        #if os(Linux)
        "linux"
        #elseif os(macOS)
        "macos"
        #else
        "unknown"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "aarch64"
        #else
        "unknown"
        #endif
    }

    private static var library: String {
        #if canImport(Glibc)
        "glibc"
        #elseif canImport(Musl)
        "musl"
        #else
        "system"
        #endif
    }

    private static var hasMultiplyAdd: Bool {
        #if arch(x86_64)
        NeededFeatures.names.contains("fma")
        #else
        true
        #endif
    }
}
