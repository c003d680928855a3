import Tensors
import Testing

@testable import Datasets

@Suite struct PictureFileTests {
    private let folder: TemporaryFolder
    private let small = SmallSet(training: 3, test: 2)

    init() throws { folder = try TemporaryFolder() }

    @Test func `an IDX file gives all its images unchanged, plain and compressed, whatever its name`() throws {
        let images = try #require(small.plain[.trainingImages])
        for (bytes, name) in [(images, "a.png"), (GzipWriter(images).bytes, "b")] {
            let file = try PictureFile(at: folder.write(bytes, to: name))
            #expect(file.count == 3 && file.isIDX)
            for index in 0..<3 {
                #expect(file[index].pixels == Array(small.parts.training.image(index)))
                let fitted = try file.fitted(index, to: Shape(28, 28, 1), inverting: true)
                #expect(fitted == FittedPicture(picture: file[index], steps: []))
            }
        }
    }

    @Test func `an IDX file's images are never inverted, but made to fit`() throws {
        let array = IDXArray(dimensions: [1, 2, 2, 3], elements: [UInt8](repeating: 255, count: 9) + [0, 0, 0])
        let file = try PictureFile(at: folder.write(array.header + array.elements, to: "colours"))
        let fitted = try file.fitted(0, to: Shape(2, 2, 1), inverting: true)
        #expect(fitted.picture.pixels == [255, 255, 255, 0])
        #expect(fitted.steps.isEmpty)
        #expect(try file.fitted(0, to: Shape(4, 4, 1), inverting: true).steps.count == 1)
    }

    @Test func `content decides what a file is`() throws {
        let writer = PNGWriter(width: 2, height: 1, [0, 9])
        #expect(try PictureFile(at: folder.write(writer.bytes, to: "a.pgm"))[0].pixels == [0, 9])
        #expect(try PictureFile(at: folder.write(Array("P2 2 1 255 0 9".utf8), to: "b.png"))[0].pixels == [0, 9])
    }

    @Test(
        arguments: [
            (
                [0xFF, 0xD8, 0xFF, 0xE0],
                "this is a JPEG file, and PNG, PGM, PPM and IDX files can be read; convert it to PNG"
            ),
            (
                Array("P4 1 1 ".utf8),
                "this is a PBM file, and PNG, PGM, PPM and IDX files can be read; convert it to PNG"
            ),
            (Array("hello".utf8), "not a PNG, PGM, PPM or IDX file; convert it to PNG"),
            ([], "not a PNG, PGM, PPM or IDX file; convert it to PNG"),
            (Array("P5 1".utf8), "byte 4: the file ends too early; save or fetch the picture again"),
            ([0, 0, 8], "byte 3: the file ends within its header; put back or fetch the original file"),
            (
                [0, 0, 8, 3] + [UInt8](repeating: 0, count: 12),
                "byte 4: holds no images; put back or fetch the original file"
            ),
            (
                [0, 0, 8, 1, 0, 0, 0, 1, 7],
                "byte 3: 1 dimensions, expected 3 (images, rows, columns); is it another part's file?"
            ),
        ] as [([UInt8], String)])
    func `what is no picture is told with its name and a remedy`(content: [UInt8], message: String) throws {
        let path = try folder.write(content, to: "file")
        let error = #expect(throws: DataFileError.self) { try PictureFile(at: path) }
        #expect(error?.description == "\(path): \(message)")
    }

    @Test func `channels that do not fit are told with the file's name`() throws {
        let array = IDXArray(dimensions: [1, 1, 1, 5], elements: [1, 2, 3, 4, 5])
        let file = try PictureFile(at: folder.write(array.header + array.elements, to: "five"))
        let error = #expect(throws: DataFileError.self) { try file.fitted(0, to: Shape(1, 1, 1), inverting: true) }
        #expect(
            error?.description
                == "\(file.path): a picture of 5 channels cannot be made one of 1, which the model wants; "
                + "use an IDX file of such images")
    }

    @Test(arguments: ["nothing here", "."])
    func `a path without a file is told`(name: String) {
        #expect(throws: DataFileError.self) { try PictureFile(at: "\(folder.path)/\(name)") }
    }
}
