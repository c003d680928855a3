import Kernels
import Synchronization

/// The four files of a set, read and decompressed by several threads; what was wrong with a file is thrown when it is asked for.
struct LoadedArrays {
    private let paths: [DataFile: String]
    private let results: [DataFile: Result<IDXArray, DataFileError>]

    init(_ paths: [DataFile: String], threads: Int) {
        let results = Mutex<[DataFile: Result<IDXArray, DataFileError>]>([:])
        let files = DataFile.allCases
        Team(threads: min(threads, files.count)).forEach(files.count) { index in
            let result = Result { () throws(DataFileError) in try Self.array(ofFile: paths[files[index]] ?? "") }
            results.withLock { $0[files[index]] = result }
        }
        self.paths = paths
        self.results = results.withLock { $0 }
    }

    func path(of file: DataFile) -> String { paths[file] ?? "" }

    func array(of file: DataFile) throws(DataFileError) -> IDXArray {
        guard let result = results[file] else { throw DataFileError(file: path(of: file), fact: .empty) }
        return try result.get()
    }

    private static func array(ofFile path: String) throws(DataFileError) -> IDXArray {
        let content = try bytes(ofFile: path)
        do throws(IDXError) {
            return try IDXArray(content)
        } catch {
            throw DataFileError(file: path, fact: .idx(error))
        }
    }
}
