import Foundation
import Reporting
import Testing

@testable import Exchange

@Suite struct EventLogTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "events-\(UUID().uuidString)")

    private var path: String { folder.appending(path: "train").path }

    private func names() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }

    /// The steps of all events with something to show, file after file.
    private func steps() throws -> [Int] {
        try names().flatMap { name in
            let file = try readFile("\(path)/\(name)")
            var steps: [Int] = []
            var place = 0
            while place < file.count {
                let (range, next) = try #require(EventRecord.data(in: file, from: place))
                let event = try #require(Event.outline(of: file[range]))
                if event.hasSummary { steps.append(event.step) }
                place = next
            }
            return steps
        }
    }

    private func write(_ steps: Range<Int>) throws {
        var log = try EventLog(in: path, from: steps.lowerBound)
        for step in steps { try log.append(Event([.scalar("epoch_loss", 1)], step: step, time: 1_700_000_000)) }
    }

    @Test func `a new process adds a file and leaves no step twice`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(0..<4)
        try write(2..<6)
        try write(5..<7)
        #expect(try steps() == [0, 1, 2, 3, 4, 5, 6] && names().count == 3)
        #expect(try EventLog(in: path, from: 7).lastStep == 6)
        // From the beginning: nothing is left of the old files.
        try write(0..<2)
        #expect(try steps() == [0, 1] && names().count == 1)
    }

    @Test func `a file that was cut off anywhere keeps its whole events`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try write(0..<3)
        let file = "\(path)/\(try #require(names().first))"
        let whole = try readFile(file)
        for length in whole.indices {
            _ = FileManager.default.createFile(atPath: file, contents: Data(whole.prefix(length)))
            let log = try EventLog(in: path, from: 3)
            let kept = try steps()
            #expect(kept == Array(0..<kept.count) && log.lastStep == kept.last && kept.count < 3)
            #expect(kept.isEmpty == names().isEmpty)
        }
    }

    @Test func `names sort in the order of writing, though all are of one second`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        var seen: [String] = []
        for step in 0..<3 {
            try write(step..<step + 1)
            let new = names().filter { !seen.contains($0) }
            #expect(new.count == 1)
            seen += new
        }
        #expect(seen == seen.sorted())
        #expect(seen.allSatisfy { $0.wholeMatch(of: /events\.out\.tfevents\.\d{10}\..+\.\d+\.0/) != nil })
    }

    @Test func `a folder that cannot be written says so`() throws {
        #expect(throws: (any Error).self) {
            var log = try EventLog(in: "/proc/none", from: 0)
            try log.append(Event([], step: 0, time: 0))
        }
    }
}
