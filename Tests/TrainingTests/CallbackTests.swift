import Foundation
import Schema
import Testing
import Training

/// What Keras's callbacks decided (Tests/Peers/fixtures/callbacks.py).
struct CallbackFigures: Sendable, CustomTestStringConvertible {
    let callback: JSON
    let losses, accuracies, rates: [Double]
    let epochs, weightsOfEpoch: Int
    var testDescription: String { "\(callback.compact) on \(losses[0])…" }

    static let all: [CallbackFigures] = {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/callbacks.json")
        do {
            let json = try JSON(parsing: [UInt8](Data(contentsOf: file)))
            return try json["cases"]!.elements!.map { json in
                CallbackFigures(
                    callback: json["callback"]!, losses: try [Double](from: json["losses"]!),
                    accuracies: try [Double](from: json["accuracies"]!), rates: try [Double](from: json["rates"]!),
                    epochs: try Int(from: json["epochs"]!), weightsOfEpoch: try Int(from: json["weights_of_epoch"]!))
            }
        } catch {
            fatalError("\(error)")
        }
    }()
}

@Suite struct CallbackTests {
    @Test(arguments: CallbackFigures.all)
    func `a callback stops, restores and lowers the rate when Keras's does`(figures: CallbackFigures) throws {
        var callback = try Format<any Callback>.callback.value(from: figures.callback).active
        var rate = 0.1
        var rates: [Double] = []
        var weights: [Float] = []
        for epoch in figures.losses.indices {
            weights = [Float(epoch)]
            rates.append(rate)
            var control = TrainingControl(learningRate: rate, weights: { [Float(epoch)] })
            let record = EpochRecord(
                epoch: epoch, loss: 1, accuracy: 0, learningRate: rate,
                validation: Score(loss: figures.losses[epoch], accuracy: figures.accuracies[epoch]))
            callback.epochEnded(record, &control)
            rate = control.learningRate
            if control.stopReason != nil { break }
        }
        var control = TrainingControl(learningRate: rate, weights: { weights })
        callback.trainingEnded(&control)

        #expect(rates.count == figures.epochs)
        #expect((control.restored ?? weights) == [Float(figures.weightsOfEpoch)])
        #expect(zip(rates, figures.rates).allSatisfy { abs($0 - $1) <= 1e-6 * $1 }, "\(rates) \(figures.rates)")
    }

    /// The reason that ends training, if one does, with a validation loss for each epoch.
    private func reason(_ json: JSON, _ losses: [Double], firstEpoch: Int = 0) throws -> String? {
        var callback = try Format<any Callback>.callback.value(from: json).active
        for (index, loss) in losses.enumerated() {
            var control = TrainingControl(learningRate: 1, firstEpoch: firstEpoch, weights: { [] })
            let record = EpochRecord(
                epoch: firstEpoch + index, loss: 1, accuracy: 0, learningRate: 1,
                validation: Score(loss: loss, accuracy: 0))
            callback.epochEnded(record, &control)
            if let reason = control.stopReason { return reason }
        }
        return nil
    }

    @Test func `the reason for an early end counts epochs from 1, and says what was missing`() throws {
        #expect(
            try reason(["type": "EarlyStopping", "patience": 2], [0.9, 0.5, 0.6, 0.7])
                == "val_loss has not improved for 2 epochs; best was epoch 2")
        #expect(
            try reason(["type": "EarlyStopping", "patience": 2, "baseline": 0.1], [0.9, 0.5, 0.6])
                == "val_loss has not improved beyond the baseline of 0.1 for 3 epochs; best was epoch 2")
        #expect(
            try reason(["type": "EarlyStopping", "patience": 2], [.nan, .nan])
                == "val_loss has not improved for 2 epochs")
    }

    @Test func `an epoch to begin with is one of the phase`() throws {
        let stopping: JSON = ["type": "EarlyStopping", "patience": 1, "start_from_epoch": 3]
        for first in [0, 5] {
            #expect(try reason(stopping, [0.5, 0.6, 0.7, 0.8], firstEpoch: first) == nil)
            #expect(
                try reason(stopping, [0.5, 0.6, 0.7, 0.8, 0.9], firstEpoch: first)
                    == "val_loss has not improved for 1 epoch; best was epoch \(first + 4)")
        }
    }

    @Test func `the best epoch's weights come back if save_best_only is set, and the last stay if not`() throws {
        for (isBestOnly, expected) in [(true, [2] as [Float]?), (false, nil)] {
            let json: JSON = ["type": "ModelCheckpoint", "save_best_only": JSON(isBestOnly)]
            var callback = try Format<any Callback>.callback.value(from: json).active
            for (epoch, loss) in [0.9, 0.5, 0.3, 0.4].enumerated() {
                var control = TrainingControl(learningRate: 1, weights: { [Float(epoch)] })
                let record = EpochRecord(
                    epoch: epoch, loss: 1, accuracy: 0, learningRate: 1, validation: Score(loss: loss, accuracy: 0))
                callback.epochEnded(record, &control)
            }
            var control = TrainingControl(learningRate: 1, weights: { [] })
            callback.trainingEnded(&control)
            #expect(control.restored == expected)
        }
    }

    @Test func `a scheduler sets the rate before each epoch`() throws {
        let json: JSON = [
            "type": "LearningRateScheduler",
            "schedule": ["type": "PiecewiseConstantDecay", "boundaries": [1], "values": [0.1, 0.01]],
        ]
        var callback = try Format<any Callback>.callback.value(from: json).active
        let rates = (0..<4).map { epoch in
            var control = TrainingControl(learningRate: 1, weights: { [] })
            callback.epochBegan(epoch, &control)
            return control.learningRate
        }
        #expect(rates == [0.1, 0.1, 0.01, 0.01])
    }
}
