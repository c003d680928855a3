import Datasets
import Experiments
import Foundation
import Reporting
import Schema

/// A config that is part of the tool, so that an empty directory is enough to begin in. Its text is that of a file under
/// `configs/`, letter by letter.
struct BuiltInConfig: Sendable {
    enum Name: String, CaseIterable, Setting { case quickstart, convnet, mlp, transfer, sweep }

    let name: Name
    let summary: String
    /// The file's path under `configs/`.
    let file: String
    let text: String
    /// What has to be done before it can be trained.
    var preparation: String?

    static func named(_ name: Name) -> BuiltInConfig {
        switch name {
        case .quickstart: .quickstart
        case .convnet: .convnet
        case .mlp: .mlp
        case .transfer: .transfer
        case .sweep: .sweep
        }
    }

    /// The config under another name.
    func text(calledAs name: String, in path: String) -> String {
        text.replacing("configs/\(file)", with: path)
            .replacing("train \(self.name.rawValue)\n", with: "train \(path)\n")
            .replacing("runs/\(self.name.rawValue)", with: "runs/\(name)")
            .replacing("\"name\": \"\(self.name.rawValue)\"", with: "\"name\": \"\(name)\"")
    }
}

extension ConfigDocument {
    /// The config in a file or, where no file is called so, the example of that name.
    init(named name: String) throws(FileError) {
        guard let builtIn = BuiltInConfig.Name(rawValue: name), !isFile(name) else {
            self = try ConfigDocument(reading: name)
            return
        }
        self.init(Array(BuiltInConfig.named(builtIn).text.utf8), file: name)
    }
}
