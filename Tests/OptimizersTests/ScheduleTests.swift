import Foundation
import Schema
import Testing

@testable import Optimizers

@Suite struct ScheduleTests {
    private func schedule(_ json: JSON) throws -> any LearningRateSchedule {
        try Format<any LearningRateSchedule>.learningRate.value(from: json)
    }

    @Test(arguments: Figures.schedules)
    func `rates are those of Keras and PyTorch`(figures: Figures.ScheduleCase) throws {
        let schedule = try schedule(figures.description)
        // Keras computes in single precision, where a wave's foot is no more exact than its crest.
        let highest = figures.rates.map(\.rate).max() ?? 0
        for (step, expected) in figures.rates {
            let rate = Float(schedule.rate(at: step))
            #expect(
                abs(rate - expected) <= 2e-6 * expected + 1e-7 * highest, "step \(step): \(rate), not \(expected)")
        }
    }

    @Test func `a number is a rate that stays`() throws {
        let constant = try schedule(0.25)
        #expect([0, 1, 1_000_000].map(constant.rate) == [0.25, 0.25, 0.25])
    }

    @Test func `a warm-up leads straight to what comes after it`() throws {
        let schedule = try schedule([
            "type": "LinearWarmup", "warmup_steps": 4, "initial_learning_rate": 1,
            "learning_rate": ["type": "PiecewiseConstantDecay", "boundaries": [1], "values": [5, 2]],
        ])
        #expect((0..<8).map(schedule.rate) == [1, 2, 3, 4, 5, 5, 2, 2])
    }

    @Test(arguments: [0, 0.001, 0.5, 1], [1, 2, 3])
    func `the shortest cycles are cycles too`(fraction: Double, steps: Int) throws {
        let schedule = try schedule([
            "type": "OneCycle", "max_learning_rate": 1, "total_steps": JSON(steps), "warmup_fraction": JSON(fraction),
        ])
        for step in 0...steps {
            #expect((4e-6...1).contains(schedule.rate(at: step)), "step \(step): \(schedule.rate(at: step))")
        }
    }

    @Test func `after its cycle a rate stays`() throws {
        for fraction in [0, 0.3, 1] {
            let schedule = try schedule([
                "type": "OneCycle", "max_learning_rate": 0.1, "total_steps": 10, "warmup_fraction": JSON(fraction),
            ])
            #expect([10, 11, 1000].map(schedule.rate) == [Double](repeating: schedule.rate(at: 9), count: 3))
        }
    }
}
