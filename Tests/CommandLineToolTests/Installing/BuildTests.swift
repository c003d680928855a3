import Foundation
import Kernels
import Schema
import Testing

@testable import CommandLineTool

@Suite struct BuildTests {
    static let haswell = "processor\t: 0\nflags\t\t: fpu sse sse2 pni ssse3 avx avx2 fma bmi1\nbugs\t\t: none\n"

    static let checks: [(needed: [String], information: String?, missing: [String])] = [
        ([], haswell, []),
        (["fma", "avx2", "bmi1"], haswell, []),
        (["fma", "avx512f", "avx512vl"], haswell, ["avx512f", "avx512vl"]),
        (["av"], haswell, ["av"]),
        (["fma"], "flags\t\t: fpu\n", ["fma"]),
        (["fma"], nil, []),
        (["fma"], "model name : no flags here\n", []),
    ]

    @Test(arguments: checks)
    func `a processor that lacks something is told what`(needed: [String], information: String?, missing: [String]) {
        let refusal = ProcessorCheck(needed: needed, information: information).refusal
        #expect((refusal == nil) == missing.isEmpty)
        if let refusal {
            #expect(refusal.contains("processors with \(missing.joined(separator: ", ")), which"))
            #expect(refusal.contains("MNIST_LAB_CPU=x86-64"))
        }
    }

    @Test(arguments: [(["fma"], haswell, false), ([], haswell, true), ([], "flags : fpu\n", false), ([], nil, false)])
    func `a build is slow where it leaves out what the processor has`(
        needed: [String], information: String?, isSlow: Bool
    ) throws {
        let check = ProcessorCheck(needed: needed, information: information)
        #expect(check.isSlow == isSlow)
        for (words, computes) in [("train a.json", true), ("validate a.json", false)] {
            var messages = ""
            let console = Console(results: { _ in }, messages: { messages += $0 })
            let parts = words.split(separator: " ").map(String.init)
            let command = try #require(Tool.mnistLab.command(named: parts[0]))
            let call = Call(
                try command.scan(Array(parts.dropFirst())), of: command, tool: .mnistLab, console: console)
            call.warnOfSlowBuild(check)
            #expect(messages.contains("warning: this build leaves out fused multiply-add") == (isSlow && computes))
        }
    }

    @Test(arguments: ["--version --json", "--json --version", "train --version --json"])
    func `the version as JSON says how the tool was built`(line: String) throws {
        var results = ""
        let console = Console(results: { results += $0 }, messages: { _ in })
        #expect(Tool.mnistLab.run(line.split(separator: " ").map(String.init), console: console) == .success)
        let json = try JSON(parsing: results)
        #expect(json["version"]?.text == Tool.mnistLab.version)
        #expect(json["compiler"]?.text?.hasPrefix("Swift 6") == true)
        #expect(json["processor_features"] == JSON(.array(NeededFeatures.names.map { JSON($0) })))
        #expect(json["commit"] == JSON(buildCommit))
        #expect(json["vector_floats"] == JSON(laneCount))
        // A build for this machine has everything that it needs here.
        #expect(ProcessorCheck().refusal == nil)
    }

    @Test func `the commit that a package is built from is told`() throws {
        let commit = "0123456789abcdef0123456789abcdef01234567"
        #expect(BuildInformation(tool: .mnistLab, commit: commit).json["commit"]?.text == commit)
        // A line in this shape is what packaging replaces.
        let source = try Documentation.source("Commit.swift")
        #expect(source.hasSuffix("\nlet buildCommit: String? = \(buildCommit.map { "\"\($0)\"" } ?? "nil")\n"))
    }

    @Test func `json alone is no command`() {
        var messages = ""
        let console = Console(results: { _ in }, messages: { messages += $0 })
        #expect(Tool.mnistLab.run(["--json"], console: console) == .usage)
        #expect(messages.contains("missing command"))
    }
}
