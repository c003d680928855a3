import Datasets
import Kernels
import Layers
import Optimizers
import Tensors

/// Trains a network: each step runs a batch through the training program and updates the parameters.
///
///     let trainer = try Trainer(
///         network, settings, data: dataset, images: split.training, validation: (dataset, split.validation), team: team)
///     let outcome = try trainer.run(observers: [progress]) { isInterrupted }
package final class Trainer {
    let network: Network
    package private(set) var settings: TrainerSettings
    /// Only `run` and `resume` change it.
    package internal(set) var state: TrainingState
    private let data: Dataset
    private let validation: (dataset: Dataset, images: [Int])?
    let source: BatchSource
    private let loader: BatchLoader
    private var caches: (training: FeatureCache?, validation: FeatureCache?)?
    let updater: ParameterUpdater
    private let team: Team
    private var threadChoice: ThreadChoice

    /// Prepares training on some images of a data set; `validation` holds the images to evaluate after each epoch, if any.
    /// Enough memory is reserved to evaluate `testCount` images too.
    ///
    /// - Parameter earlier: where the phase before this one ended, whose epochs and history go on.
    package init(
        _ network: Network, _ settings: TrainerSettings, data: Dataset, images: [Int],
        validation: (dataset: Dataset, images: [Int])?, testCount: Int = 0, after earlier: TrainingState? = nil,
        team: Team
    ) throws {
        try network.check(classes: data.classes)
        try network.reserve(
            Self.programs(
                batchSize: settings.batchSize, images: images.count,
                evaluated: [validation?.images.count ?? 0, testCount]))
        self.network = network
        self.settings = settings
        self.data = data
        self.validation = validation
        self.team = team
        threadChoice = ThreadChoice(threads: settings.measuresThreads ? team.threads : 1)
        source = BatchSource(
            data, images: images, batchSize: settings.batchSize, shuffledBy: settings.shuffle ? settings.seed : nil)
        loader = try BatchLoader(source, mixup: settings.mixup)
        updater = try ParameterUpdater(settings.optimizer, network.parameters)
        state =
            earlier.map { $0.nextPhase(callbacks: settings.callbacks) } ?? TrainingState(callbacks: settings.callbacks)
    }

    /// The programs needed to train and to evaluate these numbers of images: one for whole batches, one for a short last one.
    package static func programs(
        batchSize: Int, images: Int, evaluated: [Int]
    ) -> [(mode: Network.Mode, batch: Int)] {
        func batches(_ count: Int, of size: Int) -> [Int] {
            [count >= size ? size : 0, count % size].filter { $0 > 0 }
        }
        return batches(images, of: batchSize).map { (.training, $0) }
            + Set(evaluated.flatMap { batches($0, of: Evaluation.batchSize(for: $0)) }).sorted()
            .map { (.inference, $0) }
    }

    /// Decides where features are kept; to be called before the first step.
    package func keepFeatures(_ keeping: FeatureKeeping) { settings.features = keeping }

    /// A read-only view, for observers.
    package var view: TrainingView { TrainingView(of: self) }

    /// The epoch with which this phase is over.
    var endEpoch: Int { state.firstEpoch + settings.epochs }

    /// Trains to the end, or until `shouldPause`, which is called after every step, returns true.
    package func run(
        observers: [any TrainingObserver] = [], shouldPause: () -> Bool = { false }
    ) throws -> TrainingOutcome {
        flushDenormals()
        try prepareCaches()
        func tell(_ event: TrainingEvent) throws {
            for observer in observers { try observer.receive(event, from: view) }
        }
        while state.epoch < endEpoch, state.stopReason == nil {
            if let outcome = try runEpoch(tell, shouldPause) {
                try tell(.ended(outcome))
                return outcome
            }
        }
        if !state.isFinished {
            updater.exchangeAverages()
            consultCallbacks { callback, control in callback.trainingEnded(&control) }
            state.isFinished = true
        }
        let outcome: TrainingOutcome = state.stopReason.map { .stopped($0) } ?? .completed
        try tell(.ended(outcome))
        return outcome
    }

    /// Reserves what keeps the features of frozen layers, where more than one epoch will read them.
    private func prepareCaches() throws {
        guard caches == nil, settings.features != .none, endEpoch - state.epoch > 1 else { return }
        func cache(_ mode: Network.Mode, _ images: [Int], of dataset: Dataset) throws -> FeatureCache? {
            guard let fixed = network.recording(mode).fixed else { return nil }
            return try FeatureCache(of: images, in: dataset, floats: fixed.floats, folder: settings.features.folder)
        }
        let training = try cache(.training, source.images, of: data)
        caches = (training, try validation.flatMap { try cache(.inference, $0.images, of: $0.dataset) })
        loader.cache = training
    }

    private func runEpoch(
        _ tell: (TrainingEvent) throws -> Void, _ shouldPause: () -> Bool
    ) throws -> TrainingOutcome? {
        let clock = ContinuousClock()
        let start = clock.now
        let firstImage = state.images
        let epoch = state.epoch
        let order = source.order(epoch: epoch)
        if state.step == 0 {
            // A phase is a training of its own to schedules and callbacks.
            let epochOfPhase = epoch - state.firstEpoch
            consultCallbacks { callback, control in callback.epochBegan(epochOfPhase, &control) }
        }
        try tell(.epochBegan(epoch: epoch, step: state.step, steps: source.batchCount))
        while state.step < source.batchCount {
            let loss = try timedStep(order[source.range(ofBatch: state.step)])
            guard loss.isFinite else {
                return .diverged(Divergence(epoch: epoch, step: state.step, loss: loss))
            }
            try tell(
                .step(
                    StepProgress(
                        epoch: epoch, step: state.step, steps: source.batchCount, images: state.images,
                        loss: state.meanLoss, accuracy: state.accuracy)))
            if shouldPause(), state.step < source.batchCount { return .interrupted }
        }
        let seconds = clock.now - start
        updater.exchangeAverages()
        let record = EpochRecord(
            epoch: epoch, loss: state.meanLoss, accuracy: state.accuracy, learningRate: learningRateOfLastStep,
            validation: try validation.map { dataset, images in
                try Evaluation(of: network, on: dataset, images: images, cache: caches?.validation, team: team).score
            })
        state.history.append(record)
        consultCallbacks { callback, control in callback.epochEnded(record, &control) }
        updater.exchangeAverages()
        let images = state.images - firstImage
        (state.epoch, state.step, state.lossSum, state.correct, state.images) = (epoch + 1, 0, 0, 0, 0)
        // The clock may have stood still; a nanosecond is the least that it can show.
        let rate = Double(images) / max(seconds.inSeconds, 1e-9)
        try tell(.epochEnded(record, seconds: seconds.inSeconds, imagesPerSecond: rate))
        if shouldPause(), state.epoch < endEpoch, state.stopReason == nil { return .interrupted }
        return nil
    }

    /// A step with as many threads as are fastest.
    private func timedStep(_ numbers: ArraySlice<Int>) throws -> Double {
        guard settings.measuresThreads else { return try step(numbers) }
        team.limit = threadChoice.threads
        defer { team.limit = team.threads }
        let start = ContinuousClock.now
        let loss = try step(numbers)
        threadChoice.stepTook((ContinuousClock.now - start).inSeconds)
        return loss
    }

    /// Forward, backward and update for one batch; returns the loss before the update.
    private func step(_ numbers: ArraySlice<Int>) throws -> Double {
        let program = try network.program(.training, batch: numbers.count)
        let draws = RandomSource(seed: settings.seed, purpose: "mixup", round: stepNumber)
        loader.load(numbers, into: program, draws: draws, team: team)
        // For whatever layers draw, and named for the first of them: another name would be other numbers.
        let key = RandomSource(seed: settings.seed, purpose: "dropout", round: stepNumber).key
        program.runFromFeatures(key: key, team: team)
        let loss = Double(program.loss)
        guard loss.isFinite else { return loss }
        updater.update(learningRate: state.learningRate, team: team)
        state.lossSum += loss * Double(numbers.count)
        state.correct += program.correctCount
        state.images += numbers.count
        state.step += 1
        return loss
    }

    /// Steps of all epochs so far, phases included.
    private var stepNumber: Int { state.epoch * source.batchCount + state.step }

    private var learningRateOfLastStep: Double {
        state.learningRate ?? updater.plan.rate(ofStep: max(0, updater.progress.steps - 1))
    }

    private func consultCallbacks(_ body: (inout any ActiveCallback, inout TrainingControl) -> Void) {
        let parameters = network.parameters
        var control = TrainingControl(
            learningRate: state.learningRate ?? updater.scheduledRate, firstEpoch: state.firstEpoch,
            weights: { parameters.snapshot })
        let before = control.learningRate
        for index in state.callbacks.indices { body(&state.callbacks[index], &control) }
        if control.learningRate != before { state.learningRate = control.learningRate }
        if state.stopReason == nil { state.stopReason = control.stopReason }
        if let weights = control.restored { parameters.snapshot = weights }
    }
}
