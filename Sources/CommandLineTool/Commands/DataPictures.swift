import Datasets
import Experiments
import Kernels
import Reporting
import Schema

/// `data sheet` and `data classes`: a data set as pictures.
struct DataPictures {
    private static let byClass = Flag("by-class", "sheet: a row of images for each class")
    private static let config = Option(
        "config", "CONFIG", as: String.format, "sheet: images as this config's layers that augment make them")
    /// What only these actions take.
    static let options: [any AnyOption] = [byClass, config]

    private let call: Call
    private let library: DataLibrary
    private let name: String

    init(of name: String, _ library: DataLibrary, _ call: Call) {
        self.name = name
        self.library = library
        self.call = call
    }

    /// Writes the sample sheet.
    func writeSheet() throws {
        let destination = try destination("sheet")
        if call[Self.byClass], call[Self.config] != nil {
            throw call.misuse("--by-class and --config exclude each other")
        }
        let parts = try parts()
        let plot: Plot
        if let path = call[Self.config] {
            let config = try call.loadConfig(path).config
            plot = try AugmentationSheet(name: parts.name, parts.training, config, count: call[DataOptions.images])
                .plot(team: Team(threads: call.threads))
        } else {
            plot =
                SampleSheet(
                    name: parts.name, parts.training, count: call[DataOptions.images], isByClass: call[Self.byClass]
                ).plot
        }
        let path = try destination.write(plot, named: "\(parts.name)-sheet")
        call.print(
            json: ["name": JSON(parts.name), "pictures": JSON([path])], text: "\(displayable(path))\n")
    }

    /// Writes how many images each class has, and shows it.
    func writeClasses() throws {
        let destination = try destination("classes")
        let parts = try parts()
        let counts = ClassCounts(of: parts)
        let path = try destination.write(counts.plot, named: "\(parts.name)-classes")
        call.print(
            json: JSON(.object((counts.json.members ?? []) + [.init("pictures", JSON([path]))])),
            text: counts.plot.text(
                width: min(call.console.width, 100), options: TextOptions(style: call.console.style))
                + "\n\(displayable(path))\n")
    }

    private func parts() throws -> DataParts {
        try name.contains("/") ? library.load(folder: name) : library.load(name)
    }

    private func destination(_ action: String) throws(UsageError) -> PictureDestination {
        let folderName = name.split(separator: "/").last.map(String.init) ?? name
        let ending = call[DataOptions.theme] == nil ? "svg" : "png"
        return try PictureDestination(
            call[DataOptions.out] ?? "\(folderName)-\(action).\(ending)", theme: call[DataOptions.theme], in: call)
    }
}
