import Datasets
import Experiments
import Foundation
import Reporting
import Schema
import Testing
import Training

/// Files that must not depend on threads or interruptions.
private let results: [RunFile] = [.config, .summaryText, .summary, .curves, .result, .confusion, .model]

@Suite struct ResumeTests {
    @Test func `a run that was interrupted anywhere ends as if it had not been`() throws {
        let folder = try TemporaryFolder()
        let undisturbed = try SteppedRun.finish(in: "\(folder.path)/undisturbed", threads: 1, pausingAfter: [])
        for (index, pauses) in [[1], [2, 2, 2], [13], [14, 1], [3, 12, 12, 1], [40]].enumerated() {
            let run = try SteppedRun.finish(in: "\(folder.path)/\(index)", threads: index % 3 + 1, pausingAfter: pauses)
            for file in results {
                #expect(try readFile(run.path(of: file)) == readFile(undisturbed.path(of: file)), "\(file) \(pauses)")
            }
            #expect(!run.has(.checkpoint))
        }
    }

    @Test func `a run that died between checkpoints goes on from the last one`() throws {
        let folder = try TemporaryFolder()
        let undisturbed = try SteppedRun.finish(in: "\(folder.path)/undisturbed", threads: 2, pausingAfter: [])
        // Dying is being interrupted without being allowed to save: the newest checkpoint is thrown away.
        let path = "\(folder.path)/killed"
        try SteppedRun.step(in: path, threads: 2, pausingAfter: 16)
        let kept = try readFile("\(path)/checkpoint.safetensors")
        try SteppedRun.step(in: path, threads: 1, pausingAfter: 5)
        try AtomicFile.write(kept, to: "\(path)/checkpoint.safetensors")
        let run = try SteppedRun.finish(in: path, threads: 3, pausingAfter: [])
        for file in results { #expect(try readFile(run.path(of: file)) == readFile(undisturbed.path(of: file))) }
    }

    @Test func `images are augmented alike with any number of threads, and after an interruption`() throws {
        let folder = try TemporaryFolder()
        var config = SteppedRun.description
        let layers = config["model"]?["layers"]?.elements ?? []
        config["model"]?["layers"] = JSON(
            .array(
                [
                    ["type": "RandomRotation", "factor": 0.1], ["type": "RandomZoom", "height_factor": 0.1],
                    ["type": "RandomTranslation", "height_factor": 0.1, "width_factor": 0.1],
                    ["type": "RandomFlip"], ["type": "RandomContrast", "factor": 0.2],
                    ["type": "RandomHeight", "factor": 0.2], ["type": "RandomErasing", "always": true],
                ] + layers))
        config["expect"] = nil
        let undisturbed = try SteppedRun.finish(config, in: "\(folder.path)/1", threads: 1, pausingAfter: [])
        for (threads, pauses) in [(2, []), (3, [14, 1]), (7, [2, 12, 20])] {
            let run = try SteppedRun.finish(
                config, in: "\(folder.path)/\(threads)", threads: threads, pausingAfter: pauses)
            for file in results {
                #expect(try readFile(run.path(of: file)) == readFile(undisturbed.path(of: file)), "\(file) \(threads)")
            }
        }
        let plain = try SteppedRun.finish(in: "\(folder.path)/plain", threads: 1, pausingAfter: [])
        #expect(try readFile(plain.path(of: .curves)) != readFile(undisturbed.path(of: .curves)))
    }

    @Test func `phases, mixtures and kept features survive interruptions, and no number of threads changes a bit`()
        throws
    {
        let folder = try TemporaryFolder()
        let layers = SteppedRun.description["model"]?["layers"]?.elements ?? []
        var frozen = SteppedRun.description
        frozen["expect"] = nil
        frozen["training"]?["epochs"] = nil
        frozen["training"]?["phases"] = [
            ["epochs": 2, "learn": ["dense"]], ["epochs": 1, "learn": ["*"], "optimizer": "SGD"],
            ["epochs": 2, "learn": ["*", "!conv*"]],
        ]
        frozen["model"]?["layers"] = JSON(
            .array(
                [
                    ["type": "Conv2D", "filters": 12, "kernel_size": 3, "activation": "relu"],
                    ["type": "MaxPooling2D"], ["type": "GlobalAveragePooling2D"],
                ] + layers.suffix(1)))
        var mixed = SteppedRun.description
        mixed["expect"] = nil
        mixed["training"]?["mixup"] = 0.3
        for (name, config) in [("frozen", frozen), ("mixed", mixed)] {
            let undisturbed = try SteppedRun.finish(
                config, in: "\(folder.path)/\(name)", threads: 1, pausingAfter: [])
            for (threads, pauses) in [(2, []), (3, [14, 1]), (7, [2, 12, 20]), (2, [30, 10, 10, 10])] {
                let run = try SteppedRun.finish(
                    config, in: "\(folder.path)/\(name)-\(threads)-\(pauses.count)", threads: threads,
                    pausingAfter: pauses)
                for file in results {
                    #expect(
                        try readFile(run.path(of: file)) == readFile(undisturbed.path(of: file)), "\(file) \(threads)")
                }
            }
        }
    }

    @Test func `averages and gathered gradients survive interruptions, also between the batches of a step`() throws {
        let folder = try TemporaryFolder()
        var config = SteppedRun.description
        config["expect"] = nil
        config["training"]?["optimizer"] = [
            "type": "Adam", "use_ema": true, "ema_momentum": 0.7, "gradient_accumulation_steps": 5,
            "global_clipnorm": 1,
        ]
        config["training"]?["class_weight"] = ["3": 2.5]
        let undisturbed = try SteppedRun.finish(config, in: "\(folder.path)/1", threads: 1, pausingAfter: [])
        for (threads, pauses) in [(2, []), (3, [14, 1]), (7, [2, 12, 20]), (2, [13, 3, 30])] {
            let run = try SteppedRun.finish(
                config, in: "\(folder.path)/\(threads)-\(pauses.count)", threads: threads, pausingAfter: pauses)
            for file in results {
                #expect(try readFile(run.path(of: file)) == readFile(undisturbed.path(of: file)), "\(file) \(pauses)")
            }
        }
        config["training"]?["optimizer"]?["use_ema"] = false
        let raw = try SteppedRun.finish(config, in: "\(folder.path)/raw", threads: 1, pausingAfter: [])
        #expect(try readFile(raw.path(of: .model)) != readFile(undisturbed.path(of: .model)))
    }

    @Test(arguments: ["truncated", "flipped", "empty"])
    func `a checkpoint that is damaged is refused with a remedy`(fault: String) throws {
        let folder = try TemporaryFolder()
        let path = "\(folder.path)/run"
        try SteppedRun.step(in: path, threads: 1, pausingAfter: 2)
        let file = "\(path)/checkpoint.safetensors"
        var bytes = try readFile(file)
        switch fault {
        case "truncated": bytes.removeLast(bytes.count / 3)
        case "flipped": bytes[bytes.count - 1000] ^= 4
        case "empty": bytes = []
        default: break
        }
        try AtomicFile.write(bytes, to: file)
        let error = #expect(throws: CheckpointError.self) {
            try SteppedRun.step(in: path, threads: 1, pausingAfter: 1)
        }
        #expect(error?.description.contains("remove the file to train from the beginning") == true)
    }

    @Test func `a checkpoint of another config is refused with the settings that differ`() throws {
        let folder = try TemporaryFolder()
        try SteppedRun.step(in: folder.path, threads: 1, pausingAfter: 2)
        var other = SteppedRun.description
        other["seed"] = 5
        other["training"]?["batch_size"] = 16
        other["training"]?["epochs"] = 4
        let error = #expect(throws: ConfigMisfit.self) { try SteppedRun.start(other, in: folder.path, threads: 1) }
        let text = error?.description ?? ""
        for change in [
            "training.epochs was 5 and is now 4", "training.batch_size was 32 and is now 16", "seed was 4 and is now 5",
            "remove the file to train from the beginning",
        ] {
            #expect(text.contains(change), "\(text)")
        }
    }

    @Test func `a run goes on under another name and with other expectations`() throws {
        let folder = try TemporaryFolder()
        let undisturbed = try SteppedRun.finish(in: "\(folder.path)/undisturbed", threads: 1, pausingAfter: [])
        try SteppedRun.step(in: "\(folder.path)/a", threads: 1, pausingAfter: 15)
        var other = SteppedRun.description
        other["name"] = "renamed"
        other["expect"] = ["test_accuracy": ["min": 1.0]]
        let run = try SteppedRun.finish(other, in: "\(folder.path)/a", threads: 1, pausingAfter: [])
        #expect(try readFile(run.path(of: .model)) == readFile(undisturbed.path(of: .model)))
        let result = try JSON(parsing: readFile(run.path(of: .result)))
        #expect(result["verdict"]?.text == "failed")
    }

    @Test(arguments: [true, false])
    func `a run that is made longer ends as if it had been so long from the beginning`(isFinished: Bool) throws {
        let folder = try TemporaryFolder()
        let long = try SteppedRun.finish(in: "\(folder.path)/long", threads: 1, pausingAfter: [])
        var short = SteppedRun.description
        short["training"]?["epochs"] = 2
        let path = "\(folder.path)/a"
        if isFinished {
            let run = try SteppedRun.start(short, in: path, threads: 2, keepsCheckpoint: true)
            _ = try run.train(observers: []) { false }
            _ = try run.finish()
        } else {
            try SteppedRun.step(short, in: path, threads: 2, pausingAfter: 15)
        }
        let extended = try SteppedRun.finish(in: path, threads: 1, pausingAfter: [])
        for file in results {
            #expect(try readFile(extended.path(of: file)) == readFile(long.path(of: file)), "\(file)")
        }
    }

    @Test func `a checkpoint of other images is refused before anything is trained`() throws {
        let folder = try TemporaryFolder()
        var config = SteppedRun.description
        config["dataset"]?["name"] = nil
        config["dataset"]?["path"] = JSON(folder.path)
        for seed in [0, 1] as [UInt64] {
            let parts = SyntheticDigits.make(training: 200, test: 50, seed: seed)
            for (name, array) in [
                (DataFile.trainingImages, parts.training.arrays.images), (.testImages, parts.test.arrays.images),
                (.trainingLabels, parts.training.arrays.labels), (.testLabels, parts.test.arrays.labels),
            ] {
                try AtomicFile.write(array.header + array.elements, to: "\(folder.path)/\(name.rawValue)")
            }
            if seed == 0 {
                try SteppedRun.step(config, in: "\(folder.path)/run", threads: 1, pausingAfter: 2)
                try SteppedRun.step(config, in: "\(folder.path)/run", threads: 1, pausingAfter: 2)
            }
        }
        let kept = try readFile("\(folder.path)/run/checkpoint.safetensors")
        let error = #expect(throws: CheckpointError.self) {
            try SteppedRun.start(config, in: "\(folder.path)/run", threads: 1)
        }
        #expect(error?.description.contains("belongs to other data than those in \(folder.path)") == true)
        #expect(try readFile("\(folder.path)/run/checkpoint.safetensors") == kept)
    }

    @Test func `the data's checksums are in the run directory as soon as there is a checkpoint`() throws {
        let folder = try TemporaryFolder()
        try SteppedRun.step(in: "\(folder.path)/run", threads: 1, pausingAfter: 1)
        let provenance = try JSON(parsing: readFile("\(folder.path)/run/run.json"))
        let digits = SyntheticDigits.make(training: 500, test: 100).fingerprints
        for (file, sum) in digits { #expect(provenance["data"]?["sha256"]?[file.rawValue]?.text == sum) }
        #expect(provenance["finished"] == false)
    }

    @Test func `two runs cannot write to one directory at the same time`() throws {
        let folder = try TemporaryFolder()
        let first = try RunDirectory(path: "\(folder.path)/run", resuming: false)
        #expect(throws: RunDirectoryError.inUse("\(folder.path)/run")) {
            try RunDirectory(path: "\(folder.path)/run", resuming: true)
        }
        try first.write("x", to: .config)
        #expect(throws: RunDirectoryError.exists("\(folder.path)/run")) {
            try RunDirectory(path: "\(folder.path)/run", resuming: false)
        }
    }

    @Test func `runs without a directory of their own never overwrite each other`() throws {
        let folder = try TemporaryFolder()
        let paths = try (0..<3).map { _ in try RunDirectory(under: folder.path, name: "a").path }
        #expect(paths == ["a", "a-2", "a-3"].map { "\(folder.path)/\($0)" })
    }
}

/// A folder that goes when the test is over.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appending(path: "mnist-lab-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
