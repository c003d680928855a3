import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

@Suite struct PictureOutputTests {
    @Test func `a finished run's pictures are those that plot draws, whatever the threads and interruptions`() throws {
        let folders = try (TemporaryFolder(), TemporaryFolder())
        let run = try SteppedRun.finish(in: folders.0.path, threads: 1, pausingAfter: [])
        let other = try SteppedRun.finish(in: folders.1.path, threads: 2, pausingAfter: [15])
        let drawn = RunPictures([run.path]).pictures
        for (name, file) in [("curves", RunFile.curvesPicture), ("confusion", .confusionPicture)] {
            let text = try #require(try run.text(of: file))
            #expect(try text == other.text(of: file))
            #expect(drawn.first { $0.name == name }?.plot.svg == text)
        }
    }

    @Test func `pictures can be left out, and nothing else is`() throws {
        let folder = try TemporaryFolder()
        let run = try SteppedRun.start(in: folder.path, outputs: RunOutputs.all(withPictures: false))
        _ = try run.train(observers: []) { false }
        _ = try run.finish()
        let missing = RunFile.allCases.filter { !run.directory.has($0) }
        #expect(missing == [.curvesPicture, .confusionPicture, .page, .checkpoint])
    }

    @Test(arguments: [
        (#""title": 3"#, #"1:12: title: expected a string, found 3"#),
        (#""subtitle": ["a"]"#, #"1:15: subtitle: expected a string, found an array"#),
        (#""axis": true"#, #"1:11: axis: expected a string, found true"#),
        (#""logarithmic": "yes""#, #"1:18: logarithmic: expected true or false, found the string "yes""#),
    ])
    func `figures whose words are of a wrong type are refused with their place`(
        member: String, message: String
    ) throws {
        let rest = #""categories": ["a"], "series": [{ "name": "b", "values": [1] }]"#
        let error = #expect(throws: Problems.self) {
            try FiguresPicture(reading: JSON(parsing: "{ \(member), \(rest) }"))
        }
        #expect(error?.rendered() == message)
        #expect(try FiguresPicture(reading: JSON(parsing: #"{ "title": null, \#(rest) }"#)).title == "")
    }

    @Test func `the picture of speed is what plot draws of the race's figures`() throws {
        let root = ConfigSchemaTests.folder.deletingLastPathComponent()
        let figures = try FiguresPicture(at: root.appending(path: "Tests/Peers/race/speed.json").path)
        let picture = root.appending(path: "configs/pictures/speed.svg")
        #expect(try String(contentsOf: picture, encoding: .utf8) == figures.plot.svg)
    }
}
