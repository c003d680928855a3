import Datasets
import Foundation
import Reporting
import Testing

@testable import CommandLineTool

/// The commands of README and pages that train, and those that read what was trained: word by word, in one folder, with
/// data sets of a few images.
@Suite(.enabled(if: BuiltTool.isThere, "needs the built executable beside the tests"))
struct DocumentedTrainingTests {
    typealias Line = DocumentedCommandTests.Line

    /// Why some lines cannot be run here.
    static func obstacle(_ line: Line) -> String? {
        if line.text.contains("swift run") { return "builds" }
        if line.text.contains("transfer") { return "needs weights that others have published" }
        if line.text.contains("data fetch") { return "needs the network" }
        if line.words.first == "bench" { return "measures for a minute" }
        if ["mlp-grid", "cnn-final", "repeats=20"].contains(where: line.text.contains) {
            return "takes seconds, even with a few images"
        }
        return nil
    }

    /// Lines in an order in which each finds what it needs: trainings, then those that go on with them, then the others.
    static let lines: [Line] = {
        var seen: Set<String> = []
        let all = DocumentedCommandTests.lines.filter { line in
            !DocumentedCommandTests.harmless.contains { $0.text == line.text } && obstacle(line) == nil
                && seen.insert(line.text).inserted
        }
        func stage(_ line: Line) -> Int {
            switch line.words.first {
            case "new": 0
            case "train": line.words.contains("--resume") ? 2 : 1
            case "sweep": line.words.contains { ["--status", "--cancel", "--collect"].contains($0) } ? 2 : 1
            default: 3
            }
        }
        return (0...3).flatMap { number in all.filter { stage($0) == number } }
    }()

    @Test func `most of the commands that are shown are run`() {
        let all = DocumentedCommandTests.lines
        let shown = Set(all.map(\.text))
        let run = shown.intersection((Self.lines + DocumentedCommandTests.harmless).map(\.text))
        #expect(run.count * 100 >= shown.count * 85, "\(run.count) of \(shown.count)")
    }

    @Test func `a command that trains or reads what was trained does what it should`() throws {
        let folder = try EmptyFolder()
        try prepare(folder.path)
        let place = "unset MNIST_LAB_DATA; HOME='\(folder.path)'; PATH='\(folder.path)/bin':\"$PATH\"; set -e"
        for line in Self.lines {
            let run = try BuiltTool(["--version"], in: folder.path, after: "\(place); \(line.text)")
            // What is made for this test is none of the official sets.
            let expected: Int32 = line.text.contains("data verify") ? 1 : 0
            #expect(run.status == expected, "\(line.testDescription)\n\(run.messages)")
        }
    }

    /// Data, configs, files that the pages take for given, and programs in the place of others.
    private func prepare(_ folder: String) throws {
        let files = FileManager.default
        for name in ["mnist", "fashion-mnist"] {
            try SyntheticDigits.make(training: 240, test: 60).write(to: "\(folder)/data/\(name)") {
                try AtomicFile.write($0, to: $1)
            }
        }
        try files.copyItem(atPath: Documentation.root.path + "/configs", toPath: "\(folder)/configs")
        try files.copyItem(
            atPath: Documentation.root.path + "/Tests/Peers/race/speed.json", toPath: "\(folder)/figures.json")
        try files.createDirectory(atPath: "\(folder)/bin", withIntermediateDirectories: true)
        let programs = ["mnist-lab": Self.tool, "sbatch": "echo $$", "squeue": "", "scancel": ""]
        for (name, text) in programs {
            try AtomicFile.write("#!/bin/sh\n\(text)\n", to: "\(folder)/bin/\(name)")
            try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/bin/\(name)")
        }
        let made = try BuiltTool(
            ["--version"], in: folder,
            after: """
                unset MNIST_LAB_DATA; PATH='\(folder)/bin':"$PATH"; set -e
                mnist-lab train quickstart --out runs/made --quiet
                mnist-lab export runs/made --to digits.keras --quiet
                mnist-lab import digits.keras --quiet
                mnist-lab data sheet mnist --images 1 --out seven.png
                # What is trained by the heads of configs.
                for name in inspect changes/baseline changes/stride-2; do
                    mnist-lab train configs/mnist/$name.json --quiet
                done
                for name in before after; do mnist-lab sweep configs/sweep.json --out runs/$name --quiet; done
                """)
        try #require(made.status == 0, "\(made.messages)")
    }

    /// The tool, of which a training sees a few images once, and begins anew where it was begun before.
    private static let tool = """
        tool='\(BuiltTool.path)'
        case "$1 $*" in
        *--status*|*--collect*|*--cancel*) exec "$tool" "$@" ;;
        train*--resume*|train*--out*) ;;
        train*) rm -rf "runs/$(basename "$2" .json)" ;;
        import*) rm -f digits.json digits.safetensors ;;
        esac
        case $1 in
        train) more= ;;
        sweep) more='--set sweep.repeats=1' ;;
        *) exec "$tool" "$@" ;;
        esac
        command=$1; shift
        exec "$tool" $command --set dataset.train_limit=96 --set dataset.test_limit=32 --set training.epochs=1 \\
            --set 'expect={}' --offline $more "$@"
        """
}
