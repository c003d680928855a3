import Foundation

/// The folders in which data sets are looked for, in the order in which they are.
package struct DataSearch: Sendable {
    /// A folder and why it is looked into.
    package struct Place: Sendable, Hashable {
        /// The folder's path.
        package let folder: String

        /// Who names this folder, in the user's words.
        package let reason: String
    }

    /// What was found in a place.
    package struct Found: Sendable, Hashable {
        /// Files by their part, or one archive for all.
        package enum Content: Sendable, Hashable {
            case files([DataFile: String])
            case archive(String)
        }

        /// Where it lies.
        package let place: Place

        /// What lies there.
        package let content: Content

        /// The folder of the files, or the archive.
        package var path: String {
            if case .archive(let path) = content { path } else { place.folder }
        }
    }

    /// `--data DIR`.
    package var option: String?

    /// Where the config is, or the current folder: the nearest `data` folder there or above belongs to the project.
    package var projectFolder: String

    /// The variables that move folders: `MNIST_LAB_DATA`, `XDG_CACHE_HOME`, `KERAS_HOME`, `HOME`.
    package var environment: [String: String]

    /// Where packages of the system leave data sets.
    package var systemFolder = "/usr/share/datasets"

    /// A search that begins with `--data DIR` and goes by this process's environment.
    package init(
        option: String? = nil, projectFolder: String = ".",
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) {
        self.option = option
        self.projectFolder = projectFolder
        self.environment = environment
    }

    /// The folder that fetching fills.
    package func cacheFolder(of set: KnownDataset) -> String { "\(cacheFolder)/\(set.name)" }

    /// The folder of what is kept between runs.
    var cacheFolder: String {
        let cache = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? home + "/.cache"
        return "\(cache)/mnist-lab"
    }

    /// The folder of what Keras has fetched.
    var kerasFolder: String { environment["KERAS_HOME"] ?? home + "/.keras" }

    /// Every folder that a set is looked for in, the first that has it wins.
    package func places(for set: KnownDataset) -> [Place] {
        var places: [Place] = []
        func add(_ given: String?, _ reason: String) {
            guard var root = given, !root.isEmpty else { return }
            while root.count > 1, root.hasSuffix("/") { root.removeLast() }
            places.append(Place(folder: "\(root)/\(set.name)", reason: reason))
            places.append(Place(folder: "\(root)/\(set.torchvisionFolder)/raw", reason: reason))
            // The folder itself only under the set's own name: what lies elsewhere could be any set.
            if root.split(separator: "/").last.map(String.init) == set.name {
                places.append(Place(folder: root, reason: reason))
            }
        }
        add(option, Self.optionReason)
        add(environment["MNIST_LAB_DATA"], "$MNIST_LAB_DATA")
        add(projectData, "the project's data folder")
        places.append(Place(folder: cacheFolder(of: set), reason: "the cache"))
        places.append(Place(folder: "\(systemFolder)/\(set.name)", reason: "a package of the system"))
        places.append(Place(folder: "\(kerasFolder)/datasets/\(set.name)", reason: "Keras"))
        places.append(Place(folder: "\(kerasFolder)/datasets", reason: "Keras"))
        for root in ["\(projectFolder)", "\(home)/data", home] {
            places.append(Place(folder: "\(root)/\(set.torchvisionFolder)/raw", reason: "torchvision"))
        }
        return places
    }

    /// Why nothing would be found in a folder that `--data` names, in words; nil where something may be.
    package static func problem(with folder: String) -> String? {
        if isFile(folder) { return "\(folder) is no folder" }
        guard FileManager.default.fileExists(atPath: folder) else { return "there is no folder \(folder)" }
        let search = DataSearch(option: folder, environment: [:])
        let isFound = KnownDataset.all.contains { set in
            search.places(for: set).contains { $0.reason == optionReason && content(of: $0, set) != nil }
        }
        guard !isFound, files(in: folder).missing.isEmpty else { return nil }
        return
            "\(folder) holds four files that could be of any set; put them into a folder of the set's name in it, or "
            + "name the folder as dataset.path"
    }

    private static let optionReason = "--data"

    /// The first place that has all of a set.
    package func find(_ set: KnownDataset) -> Found? {
        guard !set.isMade else { return nil }
        return places(for: set).lazy.compactMap { Self.content(of: $0, set) }.first
    }

    /// The four files of a folder, by any spelling; where one is missing, its usual name.
    package static func files(in folder: String) -> (found: [DataFile: String], missing: [String]) {
        var found: [DataFile: String] = [:]
        for file in DataFile.allCases {
            found[file] = file.spellings.lazy.map { "\(folder)/\($0)" }.first { isFile($0) }
        }
        return (found, DataFile.allCases.filter { found[$0] == nil }.map(\.rawValue))
    }

    private static func content(of place: Place, _ set: KnownDataset) -> Found? {
        // Keras's own folder holds archives by name; four files lying openly in it would be anyone's.
        let archive = "\(place.folder)/\(set.name).npz"
        if isFile(archive) { return Found(place: place, content: .archive(archive)) }
        guard !place.folder.hasSuffix("/datasets") else { return nil }
        let (files, missing) = files(in: place.folder)
        return missing.isEmpty ? Found(place: place, content: .files(files)) : nil
    }

    private var home: String {
        environment["HOME"] ?? NSHomeDirectory()
    }

    /// The nearest folder called `data`, from the config's folder upwards.
    var projectData: String? {
        var folder = URL(fileURLWithPath: projectFolder).standardizedFileURL
        while true {
            let data = folder.appendingPathComponent("data").path
            if isFolder(data) { return data }
            guard folder.path != "/" else { return nil }
            folder.deleteLastPathComponent()
        }
    }
}
