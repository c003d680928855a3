// swift-tools-version: 6.1
import Foundation
import PackageDescription

// The processor to build for: this machine's by default, or a level that many have in common
// (MNIST_LAB_CPU=x86-64-v3 swift build -c release); on Arm any name that clang's -mcpu understands.
let processor = Context.environment["MNIST_LAB_CPU"] ?? "native"

/// What compilers use of an x86 processor without being told, by the names in /proc/cpuinfo; a level has all of those below.
let levels: [(name: String, features: [String])] = [
    ("x86-64", []),
    ("x86-64-v2", ["pni", "ssse3", "sse4_1", "sse4_2", "popcnt", "cx16"]),
    ("x86-64-v3", ["avx", "avx2", "fma", "f16c", "bmi1", "bmi2", "abm", "movbe"]),
    ("x86-64-v4", ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]),
]
/// What only a build for one machine uses.
let others = [
    "avx512vbmi", "avx512_vbmi2", "avx512ifma", "avx512_vnni", "avx512_bitalg", "avx512_vpopcntdq", "avx512_bf16",
    "avx512_fp16", "avx_vnni", "gfni", "vaes", "vpclmulqdq", "fma4", "xop", "sse4a",
]

/// What the program will need, by the processor's name or, for "native", by what the machine says. A build that would be
/// slow for want of knowing is none.
let features: Set<String> = {
    #if arch(x86_64)
    if processor == "native" {
        let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        guard let flags = information?.split(separator: "\n").first(where: { $0.hasPrefix("flags") }) else {
            fatalError(
                "/proc/cpuinfo does not say what this processor can do: name a level, as MNIST_LAB_CPU=x86-64-v3")
        }
        return Set(flags.split(separator: " ").map(String.init)).intersection(levels.flatMap(\.features) + others)
    }
    guard let level = levels.firstIndex(where: { $0.name == processor }) else {
        fatalError("MNIST_LAB_CPU=\(processor) is none of native, \(levels.map(\.name).joined(separator: ", "))")
    }
    return Set(levels[...level].flatMap(\.features))
    #else
    return ["fma"]
    #endif
}()

let multiplyAdd: [SwiftSetting] = features.contains("fma") ? [.define("FUSED_MULTIPLY_ADD")] : []
let wideLanes: [SwiftSetting] = features.contains("avx512f") ? [.define("WIDE_LANES")] : []
/// The instruction that gives every lane of a vector another one's value.
let permutations: [SwiftSetting] = features.contains("avx2") ? [.define("LANE_PERMUTATIONS")] : []
/// For the check that the program begins with.
let needs: [SwiftSetting] = features.sorted().map { .define("NEEDS_\($0.uppercased())") }

/// Floors that compute are optimized in debug builds too, so that tests of real trainings take seconds.
/// (Whole modules, because kernels are specialized across files; one object a file, because the debug build links those.)
let wholeModule = ["-wmo", "-num-threads", "2", "-disable-batch-mode"]
let optimized: [SwiftSetting] = [.unsafeFlags(["-O"] + wholeModule, .when(configuration: .debug))]
#if arch(x86_64)
let machine = ["-Xcc", "-march=\(processor)"]
#else
let machine: [String] = processor == "native" ? [] : ["-Xcc", "-mcpu=\(processor)"]
#endif
/// The name of the vector instruction that multiplies and adds: see LaneInstructions.swift.
let instructions: [SwiftSetting] = [.enableExperimentalFeature("BuiltinModule")]
/// Without errno a square root is one instruction, for a vector too; with it, it is a call for every lane.
let withoutErrno = ["-Xcc", "-fno-math-errno"]
let kernels: [SwiftSetting] =
    [.unsafeFlags(wholeModule, .when(configuration: .debug)), .unsafeFlags(["-Ounchecked"] + machine + withoutErrno)]
    + multiplyAdd + wideLanes + permutations + instructions

let package = Package(
    name: "mnist-lab",
    // Atomics and inline arrays are part of the system there.
    platforms: [.macOS("26.0")],
    targets: [
        // From the ground up; each floor imports only those below it.
        .target(name: "Kernels", swiftSettings: kernels),
        .target(name: "Schema", swiftSettings: optimized),
        .target(name: "Machine", swiftSettings: optimized),
        .target(name: "Tensors", dependencies: ["Kernels"], swiftSettings: optimized),
        .target(name: "Autograd", dependencies: ["Tensors", "Kernels", "Machine"], swiftSettings: optimized),
        .target(
            name: "Layers", dependencies: ["Autograd", "Tensors", "Kernels", "Machine", "Schema"],
            swiftSettings: optimized),
        .target(name: "Optimizers", dependencies: ["Kernels", "Schema"], swiftSettings: optimized),
        .target(name: "Datasets", dependencies: ["Tensors", "Kernels", "Machine", "Schema"], swiftSettings: optimized),
        .target(name: "Reporting", dependencies: ["Schema"], swiftSettings: optimized),
        .target(
            name: "Exchange",
            dependencies: ["Layers", "Datasets", "Reporting", "Autograd", "Tensors", "Kernels", "Schema"],
            swiftSettings: optimized),
        .target(
            name: "Training",
            dependencies: ["Layers", "Optimizers", "Datasets", "Autograd", "Tensors", "Kernels", "Schema"],
            swiftSettings: optimized),
        .target(
            name: "Analysis", dependencies: ["Layers", "Datasets", "Autograd", "Tensors", "Kernels", "Schema"],
            swiftSettings: optimized),
        .target(
            name: "Experiments",
            dependencies: [
                "Analysis", "Training", "Exchange", "Reporting", "Layers", "Optimizers", "Datasets", "Autograd",
                "Tensors", "Kernels", "Machine", "Schema",
            ]),
        .target(
            name: "CommandLineTool",
            dependencies: [
                "Experiments", "Analysis", "Training", "Exchange", "Datasets", "Reporting", "Autograd", "Tensors",
                "Kernels", "Machine", "Schema",
            ],
            swiftSettings: needs),
        .executableTarget(name: "mnist-lab", dependencies: ["CommandLineTool"]),

        .target(
            name: "TestSupport", dependencies: ["Autograd", "Tensors", "Kernels"], path: "Tests/TestSupport",
            swiftSettings: optimized),
        // What fast code is held to: plain versions that belong to tests and not into the product.
        .target(
            name: "Oracles", dependencies: ["Autograd", "Tensors", "Kernels"], path: "Tests/Oracles",
            swiftSettings: optimized),
        .testTarget(
            name: "AutogradTests",
            dependencies: ["Autograd", "Tensors", "Kernels", "Machine", "Oracles", "TestSupport"]),
        .testTarget(
            name: "KernelsTests", dependencies: ["Kernels", "Oracles", "TestSupport"],
            swiftSettings: multiplyAdd + wideLanes),
        .testTarget(name: "SchemaTests", dependencies: ["Schema", "TestSupport"]),
        .testTarget(name: "MachineTests", dependencies: ["Machine"]),
        .testTarget(name: "TensorsTests", dependencies: ["Tensors"]),
        .testTarget(
            name: "LayersTests",
            dependencies: ["Layers", "Optimizers", "Autograd", "Tensors", "Kernels", "Schema", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(name: "OptimizersTests", dependencies: ["Optimizers", "Kernels", "Schema"], exclude: ["Fixtures"]),
        .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Tensors", "Schema", "TestSupport"]),
        .testTarget(
            name: "TrainingTests",
            dependencies: ["Training", "Layers", "Optimizers", "Datasets", "Autograd", "Tensors", "Kernels", "Schema"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "AnalysisTests",
            dependencies: ["Analysis", "Layers", "Datasets", "Tensors", "Kernels", "Schema", "Oracles", "TestSupport"],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "ExchangeTests",
            dependencies: [
                "Exchange", "Layers", "Datasets", "Reporting", "Autograd", "Tensors", "Kernels", "Schema",
                "TestSupport",
            ],
            exclude: ["Fixtures"]),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Schema", "TestSupport"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: [
                "Experiments", "Training", "Exchange", "Layers", "Optimizers", "Datasets", "Reporting", "Autograd",
                "Tensors", "Schema", "Kernels", "Machine", "TestSupport",
            ],
            exclude: ["Fixtures"]),
        .testTarget(
            name: "CommandLineToolTests",
            dependencies: [
                "CommandLineTool", "Experiments", "Exchange", "Datasets", "Reporting", "Machine", "Schema",
            ]),
    ],
    swiftLanguageModes: [.v6]
)
