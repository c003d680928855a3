import Foundation
import Testing

@testable import Experiments

@Suite struct RunFoldersTests {
    @Test func `configs that are called like a run's or a sweep's files make neither and hide none`() throws {
        let samples = try SampleRuns()
        let run = try samples.add("configs/runs/a")
        let sweep = try samples.addSweep("configs/s", [([], 0, 0.97)])
        let folder = "\(samples.path)/configs"
        try samples.write("{}", "configs", .config)
        try "{}".write(toFile: "\(folder)/sweep.json", atomically: false, encoding: .utf8)
        #expect(!RunReader.isSweep(folder) && RunReader.isSweep(sweep))
        #expect(runFolders(below: samples.path) == [run, sweep])
        #expect(runFolders(below: run) == [run] && ListedRun(at: run).kind == .run)
        // A run that was stopped in its first epoch has little more.
        try samples.write("", "configs", .checkpoint)
        #expect(runFolders(below: samples.path) == [folder])
    }
}
