import Datasets
import Experiments
import Reporting
import Schema

extension Command {
    private static let imageLimit = Option(
        "limit", "N", as: Int.format(in: 1...), "images to take from the start of each IDX file (default: 20)")
    private static let wide = Flag("all", "a column for every class, in percent")
    private static let noInvert = Flag("no-invert", "take pictures as they are, even if they are dark on light")

    static let predict = Command(
        "predict", "class and probabilities for images",
        arguments: [
            .one("RUN", "a run directory"),
            .many(
                "FILE",
                "pictures (PNG, PGM, PPM) or IDX files of images, plain or .gz; a folder of them, or - for standard input"
            ),
        ],
        options: [imageLimit, wide, noInvert, Common.threads, Common.json, Common.quiet],
        examples: [
            Example("predict runs/warmup seven.png", "one picture of any size"),
            Example("predict runs/warmup drawings", "all pictures of a folder"),
            Example("predict runs/warmup t10k-images-idx3-ubyte.gz --limit 100 --all", "how sure the model is"),
        ]
    ) { call in
        let run = try FinishedRun(at: call.operands[0])
        let config = try call.loadConfig(run.configPath)
        let predictor = try run.predictor(
            config.config, library: call.library(for: run.configPath), threads: call.threads)
        var predictions: [Prediction] = []
        var code = ExitCode.success
        for path in try call.picturePaths(call.operands.dropFirst()) {
            do {
                let file = try call.pictures(at: path)
                let found = try predictor.predictions(
                    of: file, limit: call[imageLimit] ?? 20, inverting: !call[noInvert])
                if !call[Common.quiet] { call.tell(of: found, from: file) }
                predictions += found
            } catch  where error is DataFileError || error is FileError {
                // One broken file must not hide what the others show.
                code = call.tool.report(error, to: call.console)
            }
        }
        call.print(
            json: JSON(.array(predictions.map(\.json))),
            text: predictions.isEmpty
                ? "" : Prediction.table(predictions, width: call.console.tableWidth, withAll: call[wide]))
        return code
    }
}

extension Call {
    /// Reports how a file's pictures were changed to fit the model, and how many were left out.
    fileprivate func tell(of predictions: [Prediction], from file: PictureFile) {
        let path = displayable(file.path)
        if let steps = predictions.first?.steps, !steps.isEmpty {
            console.say("\(path): \(steps.map(\.description).joined(separator: ", "))")
        }
        if predictions.count < file.count {
            console.say(
                "\(path): the first \(grouped(predictions.count)) of \(grouped(file.count)) images, "
                    + "\(grouped(file.count - predictions.count)) left out; --limit \(file.count) shows all")
        }
    }
}
