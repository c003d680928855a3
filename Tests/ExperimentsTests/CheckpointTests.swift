import Exchange
import Foundation
import Kernels
import Reporting
import Schema
import Testing
import Training

@testable import Experiments

/// What a checkpoint says is believed only where training can have left it so, even if its seal fits.
@Suite struct CheckpointTests {
    /// A change that somebody makes by hand, and what is said of it.
    struct Edit: Sendable {
        let message: String
        let change: @Sendable (inout Safetensors) -> Void
    }

    /// Changes to the checkpoint that an interruption after some steps leaves.
    struct Edits: Sendable, CustomTestStringConvertible {
        let steps: Int
        let list: [Edit]
        var testDescription: String { "after \(steps) steps" }
    }

    /// After five steps of 13: the first checkpoint is of step 3, the interruption's of step 5.
    private static let midway = Edits(
        steps: 5,
        list: [
            position("epoch is 6, and can only be from 0 to 5", [6, 5, 10, 160]),
            position("epoch is -1, and can only be", [-1, 5, 10, 160]),
            position("the number of recorded epochs is 0, and can only be 1", [1, 5, 10, 160]),
            position("step is 13, and can only be from 0 to 12", [0, 13, 10, 160]),
            position("step is \(Int.max), and can only be", [0, .max, 10, 160]),
            position("the number of images seen is 161, and can only be 160", [0, 5, 10, 161]),
            position("the number of correct images is 161, and can only be from 0 to 160", [0, 5, 161, 160]),
            position("the number of correct images is \(Int.min), and can only be", [0, 5, .min, 160]),
            Edit(message: "the optimizer's step is 4, and can only be 5") { $0.replace("optimizer/steps", by: [4]) },
            Edit(message: "\"optimizer/steps\" is missing or has another size") {
                $0.replace("optimizer/steps", by: [5, 5])
            },
            Edit(message: "\"optimizer/momentum_product\" is missing") {
                $0.tensors.removeAll { $0.name == "optimizer/momentum_product" }
            },
            Edit(message: "\"optimizer/momentum_product\" holds an impossible number, 2.0") {
                $0.replace("optimizer/momentum_product", by: [2.0])
            },
            Edit(message: "\"training/loss_sum\" holds an impossible number, inf") {
                $0.replace("training/loss_sum", by: [Double.infinity])
            },
            Edit(message: "\"training/learning_rate\" holds an impossible number, nan") {
                $0.replace("training/learning_rate", by: [Double.nan])
            },
            Edit(message: "the number of the optimizer's values is 3, and can only be") {
                $0.tensors.removeAll { $0.name == "optimizer/slots" }
                $0.add("optimizer/slots", shape: [3], [1, 2, 3])
            },
            Edit(message: "\"model/dense/bias\" is missing or has another size") {
                $0.tensors.removeAll { $0.name == "model/dense/bias" }
                $0.add("model/dense/bias", shape: [9], [Float](repeating: 0, count: 9))
            },
            Edit(message: "\"training/learning_rate\" is missing or has another size") {
                $0.replace("training/learning_rate", by: [0.1, 0.2])
            },
            memory("remembers of callback 1, EarlyStopping, cannot be read", 0, "{"),
            memory("remembers of callback 1, EarlyStopping, has no \"wait\"", 0, #"{"best":"inf","bestEpoch":-1}"#),
            memory("has an impossible \"wait\"", 0, #"{"best":"inf","bestEpoch":-1,"wait":"long"}"#),
            memory("remembers of callback 1, EarlyStopping, cannot", 0, #"{"best":"inf","bestEpoch":-1,"wait":0.5}"#),
            memory("remembers of callback 1, EarlyStopping, cannot", 0, #"{"best":"inf","bestEpoch":-1,"wait":1e99}"#),
            memory(
                "callback 1, EarlyStopping: wait is 1, and can only be 0", 0, #"{"best":1,"bestEpoch":-1,"wait":1}"#),
            memory("bestEpoch is 0, and can only be -1", 0, #"{"best":1,"bestEpoch":0,"wait":0}"#),
            memory("has an impossible \"weights\"", 0, #"{"best":1,"bestEpoch":-1,"wait":0,"weights":0}"#),
            memory("has an impossible \"best\"", 1, #"{"best":"none","cooldown":0,"wait":0}"#),
            memory(
                "callback 2, ReduceLROnPlateau: cooldown is 1, and can only be 0", 1,
                #"{"best":1,"cooldown":1,"wait":0}"#),
            Edit(message: "remembers of callback 2, ReduceLROnPlateau, cannot be read") {
                $0.metadata.removeAll { $0.key == "callbacks/1" }
            },
            Edit(message: "was written by mnist-lab 0.1.0, whose format 1 cannot be continued by this version") {
                $0.setWord("format", to: "mnist-lab checkpoint 1")
            },
            Edit(message: "this is not a checkpoint of this version") {
                $0.setWord("format", to: "mnist-lab checkpoint 9")
            },
        ])

    /// After an epoch, when weights are kept.
    private static let later = Edits(
        steps: 15,
        list: [
            Edit(message: "\"callbacks/weights/0\" is missing or has another size") {
                $0.tensors.removeAll { $0.name == "callbacks/weights/0" }
                $0.add("callbacks/weights/0", shape: [3], [1, 2, 3])
            },
            Edit(message: "EarlyStopping, has an impossible \"weights\"") {
                $0.tensors.removeAll { $0.name == "callbacks/weights/0" }
            },
            memory(
                "wait is \(Int.max), and can only be from 0 to 1", 0, #"{"best":1,"bestEpoch":0,"wait":\#(Int.max)}"#),
            Edit(message: "\"training/history\"") { $0.replace("training/history", by: [1, 2, 3, 4, 5]) },
            Edit(message: "the number of recorded epochs is 0, and can only be 1") {
                $0.replace("training/history", by: [Double]())
            },
        ])

    private static func position(_ message: String, _ numbers: [Int]) -> Edit {
        Edit(message: message) { $0.replace("training/position", by: numbers) }
    }

    private static func memory(_ message: String, _ callback: Int, _ text: String) -> Edit {
        Edit(message: message) { $0.setWord("callbacks/\(callback)", to: text) }
    }

    @Test(arguments: [midway, later])
    func `an edited checkpoint is refused in one line that names it and what cannot be`(edits: Edits) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/run"
        try SteppedRun.step(in: path, pausingAfter: edits.steps)
        let file = "\(path)/checkpoint.safetensors"
        let original = try Safetensors(parsingSealed: readFile(file))
        for edit in edits.list {
            var edited = original
            edit.change(&edited)
            try AtomicFile.write(edited.sealedBytes, to: file)
            let error = #expect(throws: CheckpointError.self, "\(edit)") { try SteppedRun.start(in: path) }
            let text = error?.description ?? ""
            #expect(text.contains(edit.message), "\(text)")
            #expect(text.hasPrefix("\(file): ") && !text.contains("\n"))
            #expect(text.hasSuffix("; remove the file to train from the beginning, or choose another --out"))
        }
        try AtomicFile.write(original.sealedBytes, to: file)
        _ = try SteppedRun.start(in: path)
    }

    @Test func `before the first epoch the best value is infinite, and stays so`() throws {
        let folder = try TemporaryFolder()
        try SteppedRun.step(in: folder.path, pausingAfter: 2)
        let file = "\(folder.path)/checkpoint.safetensors"
        let first = try Safetensors(parsingSealed: readFile(file))
        #expect(first.word("callbacks/0") == #"{"best":"inf","bestEpoch":-1,"wait":0}"#)
        #expect(first.word("callbacks/1") == #"{"best":"inf","cooldown":0,"wait":0}"#)
        let run = try SteppedRun.start(in: folder.path)
        #expect(run.experiment.training.state.callbacks.map { "\($0.memory)" }.first?.contains("inf") == true)
    }

    @Test func `any memory comes back bit by bit, weights as tensors`() throws {
        let floats: [Float] = [0, -0.0, .nan, -.nan, .infinity, 0x1p-149, .pi, Float(bitPattern: 0x7FC1_2345)]
        // As on a thread that has trained, where numbers below 2⁻¹²⁶ would be read as zero.
        flushDenormals()
        var hoarder = Hoarder().active
        for _ in 0..<3 {
            var control = TrainingControl(learningRate: -0.0, weights: { floats })
            hoarder.epochBegan(7, &control)
        }
        var file = Safetensors()
        try file.addMemories(of: [TerminateOnNaN().active, hoarder])
        #expect(file.word("callbacks/0") == "{}")
        #expect(file.tensors.map(\.name) == (0..<3).map { "callbacks/weights/\($0)" })

        let path = try TemporaryFolder()
        file.metadata.append(("format", CheckpointFormat.current))
        try AtomicFile.write(file.sealedBytes, to: "\(path.path)/c")
        let read = try CheckpointReader(at: "\(path.path)/c").memories(
            of: [TerminateOnNaN().active, Hoarder().active], weightCount: floats.count)
        let memory = try #require(read[1].memory as? Hoarder.Memory)
        #expect(memory.all.map { $0.values.map(\.bitPattern) } == Array(repeating: floats.map(\.bitPattern), count: 3))
        #expect(memory.rates.map(\.bitPattern) == Array(repeating: (-0.0).bitPattern, count: 3))
        #expect(memory.extremes == [.infinity, -.infinity, 0.1 + 0.2, 1e-300])
        #expect(memory.text == "\"quoted\"\n/ü")
    }
}

/// Remembers a bit of everything.
private struct Hoarder: Callback {
    struct Memory: Codable, Sendable {
        var all: [KeptWeights] = []
        var rates: [Double] = []
        var extremes: [Double] = []
        var text = ""
    }

    static let name = "Hoarder"
    static let summary = "Keeps everything."
    static var fields: [Field<Hoarder>] { [] }
    var initialMemory: Memory { Memory() }

    func epochBegan(_ epoch: Int, _ memory: inout Memory, _ control: inout TrainingControl) {
        memory.all.append(KeptWeights(control.weights()))
        memory.rates.append(control.learningRate)
        memory.extremes = [.infinity, -.infinity, 0.1 + 0.2, 1e-300]
        memory.text = "\"quoted\"\n/ü"
    }
}

extension Safetensors {
    fileprivate mutating func replace(_ name: String, by values: [Int]) {
        tensors.removeAll { $0.name == name }
        add(name, values)
    }

    fileprivate mutating func replace(_ name: String, by values: [Double]) {
        tensors.removeAll { $0.name == name }
        add(name, values)
    }

    fileprivate mutating func setWord(_ key: String, to value: String) {
        metadata = metadata.map { $0.key == key ? (key, value) : $0 }
    }
}
