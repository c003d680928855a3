import Foundation
import Reporting
import Schema
import Testing

@testable import CommandLineTool

/// `data sheet` and `data classes` as they are typed.
@Suite struct DataPictureTests {
    private let folder: DataCommandTests.Folder

    init() throws { folder = try DataCommandTests.Folder() }

    private func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }

    @Test func `a sheet shows images with the names of their classes`() throws {
        let ended = folder.data("sheet FOLDER --out \(folder.path)/a.svg")
        #expect(ended.code == .success)
        #expect(ended.results == "FOLDER/a.svg\n")
        let picture = try text("a.svg")
        #expect(picture.contains("the first 3 of 3 training images"))
        #expect(picture.components(separatedBy: "<image").count - 1 == 3)
    }

    @Test func `a sheet by class has a row for each`() throws {
        let ended = folder.data("sheet FOLDER --by-class --images 1 --out \(folder.path)/a.svg")
        #expect(ended.code == .success)
        let picture = try text("a.svg")
        #expect(picture.contains("1 image<") && picture.contains("2 images"))
        #expect(picture.components(separatedBy: "<image").count - 1 == 2)
    }

    @Test func `a sheet with a config shows what augmentation makes of images`() throws {
        let dense = #"{ "type": "Flatten" }, { "type": "Dense", "units": 10 }"#
        let flip = #"{ "type": "RandomFlip" }, "#
        let later = #"{ "type": "Conv2D", "filters": 1, "kernel_size": 1 }, { "type": "RandomErasing" }, "#
        for (name, first) in [("flip", flip), ("plain", ""), ("both", flip + later)] {
            try AtomicFile.write(
                #"{ "name": "a", "dataset": { "name": "mnist" }, "model": { "layers": [\#(first)\#(dense)] }, "#
                    + #""training": { "epochs": 1 } }"#, to: "\(folder.path)/\(name).json")
        }
        let line = "sheet FOLDER --out \(folder.path)/a.svg --config \(folder.path)/"
        #expect(folder.data(line + "both.json").code == .success)
        // What comes behind a layer that learns augments no image.
        #expect(try text("a.svg").contains("9 draws of random_flip<"))
        #expect(folder.data(line + "flip.json").code == .success)
        let picture = try text("a.svg")
        #expect(picture.contains("9 draws of random_flip"))
        #expect(picture.components(separatedBy: "<image").count - 1 == 30)
        #expect(
            folder.data(line + "plain.json").messages.contains(
                "plain.json: model.layers: no layer augments images before the first one with weights; put one"))
    }

    @Test func `classes are counted in words, numbers and pixels`() throws {
        let ended = folder.data("classes FOLDER --out \(folder.path)/a.png --theme dark --json")
        #expect(ended.code == .success)
        let document = try JSON(parsing: ended.results)
        #expect(document["training"]?.compact == "[1,2]")
        #expect(document["test"]?.compact == "[0,2]")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/a.png"))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
        let shown = folder.data("classes FOLDER --out \(folder.path)/a.svg")
        #expect(shown.results.contains("images of each class"))
        #expect(shown.results.hasSuffix("FOLDER/a.svg\n"))
    }

    @Test(
        arguments: [
            ("sheet", "sheet needs a name; known: mnist, fashion-mnist, synthetic-digits"),
            ("sheet FOLDER --out a.gif", "--out: pictures are written as .svg or .png, not as \"a.gif\""),
            (
                "classes FOLDER --out a.svg --theme light",
                "--theme: an SVG file follows the theme of whoever looks at it"
            ),
            ("sheet FOLDER --by-class --config a.json", "--by-class and --config exclude each other"),
        ])
    func `what makes no sense is a mistake in usage`(line: String, message: String) {
        let ended = folder.data(line)
        #expect(ended.code == .usage)
        #expect(ended.messages.hasPrefix("error: \(message)"))
    }
}
