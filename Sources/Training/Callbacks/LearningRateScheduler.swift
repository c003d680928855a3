import Optimizers
import Schema

/// Sets the learning rate before each epoch, by a schedule whose steps are epochs.
package struct LearningRateScheduler: Callback {
    var schedule: any LearningRateSchedule = ConstantRate(0.001)

    package init() {}

    package static let name = "LearningRateScheduler"
    package static let summary = "Sets the learning rate before each epoch, by a schedule whose steps are epochs."
    package static var fields: [Field<LearningRateScheduler>] {
        [.required("schedule", \.schedule, as: .learningRate, "the rate of every epoch")]
    }

    package func epochBegan(_ epoch: Int, _ memory: inout NoMemory, _ control: inout TrainingControl) {
        control.learningRate = schedule.rate(at: epoch)
    }
}
