import Experiments
import Reporting
import Schema
import Training

extension Command {
    static let evaluate = Command(
        "evaluate", "a saved run's model on a data set's test part",
        arguments: [.one("RUN", "a run directory")],
        options: [Common.set, Common.threads] + Common.location + [Common.json, Common.quiet],
        examples: [
            Example("evaluate runs/warmup", "loss, accuracy, and every class"),
            Example("evaluate runs/warmup --set dataset.name=fashion-mnist", "on other images"),
        ]
    ) { call in
        let run = try FinishedRun(at: call.operands[0])
        let config = try call.loadConfig(run.configPath)
        let experiment = try run.experiment(
            config.config, library: call.library(for: run.configPath), threads: call.threads)
        let start = ContinuousClock.now
        let asksForEpochs = config.config.expect.bounds.contains { $0.metric.needsEpoch }
        let result = try experiment.evaluate(after: asksForEpochs ? run.metrics() : [:])
        if !call[Common.quiet] {
            let seconds = (ContinuousClock.now - start).inSeconds
            call.console.say("\(grouped(result.testCount)) images in \(fixed(seconds, digits: 3)) s")
        }
        let width = call.console.tableWidth
        try call.print(
            json: run.json(of: result), text: folded(result.text(width: width, withClasses: true), to: width))
        return result.verdict.exitCode
    }
}
