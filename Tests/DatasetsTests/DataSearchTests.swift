import Datasets
import Foundation
import Testing

@Suite struct DataSearchTests {
    private let small = SmallSet(training: 5, test: 3)
    private let root: TemporaryFolder
    private let search: DataSearch

    /// A machine of its own in one folder.
    init() throws {
        root = try TemporaryFolder()
        try FileManager.default.createDirectory(
            atPath: root.path + "/project/configs", withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: root.path + "/project/data", withIntermediateDirectories: true)
        var search = DataSearch(
            option: root.path + "/option/", projectFolder: root.path + "/project/configs",
            environment: ["MNIST_LAB_DATA": root.path + "/variable", "HOME": root.path + "/home"])
        search.systemFolder = root.path + "/usr/share/datasets"
        self.search = search
    }

    private func put(_ folder: String, spelling: Int = 1) throws {
        for file in DataFile.allCases {
            let isCompressed = spelling % 2 == 1
            let content = isCompressed ? small.compressed[file]! : small.plain[file]!
            try root.write(content, to: "\(folder)/\(file.spellings[spelling])")
        }
    }

    @Test func `places are searched in the order that is promised`() throws {
        let folders = [
            "option/small", "variable/small", "project/data/small", "home/.cache/mnist-lab/small",
            "usr/share/datasets/small", "home/.keras/datasets/small", "project/configs/Small/raw",
            "home/data/Small/raw",
        ]
        for folder in folders.reversed() {
            try put(folder)
            let found = try #require(search.find(small.known()))
            #expect(found.place.folder == "\(root.path)/\(folder)")
            #expect(try found.load(small.known()).fingerprints == small.parts.fingerprints)
        }
    }

    @Test func `published weights are searched where data sets are, and where Keras keeps its own`() throws {
        let folders = ["option", "variable", "project/data", "home/.cache/mnist-lab", "home/.keras/models"]
        #expect(search.weightPlaces.map(\.folder) == folders.map { "\(root.path)/\($0)" })
        #expect(search.findWeights("a.safetensors", in: "a") == nil)
        for folder in folders.reversed() {
            for path in ["\(folder)/a/a.safetensors", "\(folder)/a.safetensors"] {
                try root.write([1], to: path)
                #expect(search.findWeights("a.safetensors", in: "a") == "\(root.path)/\(path)")
            }
        }
    }

    @Test(arguments: ["option/Small/raw", "variable/Small/raw", "project/data/Small/raw"])
    func `torchvision's layout is known everywhere`(folder: String) throws {
        try put(folder)
        #expect(search.find(small.known())?.place.folder == "\(root.path)/\(folder)")
    }

    @Test func `Keras's archive is known`() throws {
        try root.write(small.archive(isDeflated: true), to: "home/.keras/datasets/small.npz")
        let found = try #require(search.find(small.known()))
        #expect(found.content == .archive(root.path + "/home/.keras/datasets/small.npz"))
        #expect(try found.load(small.known()).fingerprints == small.parts.fingerprints)
    }

    @Test(arguments: 0..<4)
    func `files have several spellings`(spelling: Int) throws {
        try put("option/small", spelling: spelling)
        #expect(try search.find(small.known())?.load(small.known()).fingerprints == small.parts.fingerprints)
    }

    @Test func `a folder that has the set's own name may be given itself`() throws {
        try put("elsewhere/small")
        try put("elsewhere")
        var search = search
        search.option = root.path + "/elsewhere/small"
        #expect(search.find(small.known())?.place.folder == root.path + "/elsewhere/small")
        // What lies openly in a folder of another name could be any set.
        search.option = root.path + "/elsewhere"
        try FileManager.default.removeItem(atPath: root.path + "/elsewhere/small")
        #expect(search.find(small.known()) == nil)
    }

    @Test func `a folder where one file is missing is passed over`() throws {
        try put("option/small")
        try put("variable/small")
        try FileManager.default.removeItem(atPath: root.path + "/option/small/t10k-labels-idx1-ubyte.gz")
        #expect(search.find(small.known())?.place.folder == root.path + "/variable/small")
    }

    @Test func `the cache moves with the variable, if it is absolute`() {
        var search = search
        search.environment["XDG_CACHE_HOME"] = "/somewhere"
        #expect(search.cacheFolder(of: .mnist) == "/somewhere/mnist-lab/mnist")
        search.environment["XDG_CACHE_HOME"] = "relative"
        #expect(search.cacheFolder(of: .mnist) == root.path + "/home/.cache/mnist-lab/mnist")
    }

    @Test func `what is nowhere is told with places and remedies`() throws {
        var search = search
        search.option = nil
        let library = DataLibrary(search: search, fetch: nil)
        let error = #expect(throws: DataMissing.self) { try library.load("fashion-mnist") }
        let message = "\(error!)"
        #expect(message.hasPrefix("fashion-mnist was not found; these places were searched:\n"))
        for part in [
            root.path + "/variable/fashion-mnist ($MNIST_LAB_DATA)", "mnist-lab data fetch fashion-mnist", "--data DIR",
            "dataset-fashion-mnist", "mnist-lab train quickstart needs no data",
        ] {
            #expect(message.contains(part))
        }
        #expect(throws: DataMissing.self) { try library.load("mnits") }
    }

    @Test func `a folder of one's own is loaded, classes counted from its labels`() throws {
        try put("own/letters", spelling: 2)
        let parts = try DataLibrary(search: search, fetch: nil).load(folder: root.path + "/own/letters")
        #expect(parts.name == "letters")
        #expect(parts.training.pixels == small.parts.training.pixels)
        #expect(parts.training.classes == Int(small.parts.training.labels.max()!) + 1)
        #expect(throws: DataMissing.self) { try DataLibrary(search: search, fetch: nil).load(folder: root.path) }
    }
}
