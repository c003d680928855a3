/// The confusion matrix of the test images, as a picture.
struct ConfusionPictureOutput: RunOutput {
    static let files: [RunFile] = [.confusionPicture]
    static let isPicture = true

    func finished(_ result: RunResult, _ run: RunView) throws {
        let classes = result.classes
        let picture = ConfusionPicture(name: run.config.name, counts: classes.confusion, classes: classes.names)
        try run.directory.write(picture.plot.svg, to: .confusionPicture)
    }
}

extension RunFile {
    package static let confusionPicture = RunFile(rawValue: "confusion.svg")
}
