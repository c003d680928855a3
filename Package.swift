// swift-tools-version: 6.1
import Foundation
import PackageDescription

// The processor to build for: this machine's by default, or any name that clang's -march understands
// (MNIST_LAB_CPU=x86-64-v3 swift build -c release).
let processor = Context.environment["MNIST_LAB_CPU"] ?? "native"

/// What the processor can do, read from its name or, for "native", from the machine itself.
func has(_ feature: String, from level: Int) -> Bool {
    #if arch(x86_64)
    if processor == "native" {
        let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        return information.contains(" \(feature) ")
    }
    guard let named = processor.split(separator: "-v").last.flatMap({ Int($0) }) else { return false }
    return named >= level
    #else
    return feature == "fma"
    #endif
}

let multiplyAdd: [SwiftSetting] = has("fma", from: 3) ? [.define("FUSED_MULTIPLY_ADD")] : []
let wideLanes: [SwiftSetting] = has("avx512f", from: 4) ? [.define("WIDE_LANES")] : []
/// The instruction that gives every lane of a vector another one's value.
let permutations: [SwiftSetting] = has("avx2", from: 3) ? [.define("LANE_PERMUTATIONS")] : []

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
            ]),
        .executableTarget(name: "mnist-lab", dependencies: ["CommandLineTool"]),

        .target(
            name: "TestSupport", dependencies: ["Autograd", "Tensors", "Kernels"], path: "Tests/TestSupport",
            swiftSettings: optimized),
        // What fast code is held to: plain versions that belong to tests and not into the product.
        .target(
            name: "Oracles", dependencies: ["Autograd", "Tensors", "Kernels"], path: "Tests/Oracles",
            swiftSettings: optimized),
        .testTarget(
            name: "AutogradTests", dependencies: ["Autograd", "Tensors", "Kernels", "Oracles", "TestSupport"]),
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
