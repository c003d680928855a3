import Foundation
import Machine

/// Fetches a known set's files from its mirrors into a folder: resumed where cut, verified before they get their names.
package struct Fetch: Sendable {
    /// How far one file is.
    package struct Progress: Sendable {
        /// The file that is under way.
        package let file: DataFile

        /// Where it comes from.
        package let address: String

        /// Compressed bytes so far, those of earlier attempts included.
        package let received: Int

        /// Compressed bytes in all, where the server says so.
        package let expected: Int?
    }

    /// Seconds without a byte after which a mirror is given up.
    package var patience: TimeInterval = 30

    /// Attempts at one mirror, as long as each brings something.
    package var attempts = 4

    /// Called for each piece that arrives.
    package var progress: @Sendable (Progress) -> Void = { _ in }

    /// Called when nothing more will arrive, whatever the reason.
    package var ended: @Sendable () -> Void = {}

    /// Asked several times a second; what has come so far stays for the next time.
    package var isCancelled: @Sendable () -> Bool = { false }

    /// What talks to the mirrors; nil where the system has nothing that could.
    package var client = WebClient()

    /// Fetching as it is usually done.
    package init() {}

    /// Brings all four files into the folder. Files that are there and right are left alone.
    ///
    /// Another process that fetches into the same folder is waited for, and its work is used.
    package func run(_ set: KnownDataset, into folder: String) throws(FetchError) {
        defer { ended() }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw .folder(folder, error.localizedDescription)
        }
        // Where nothing can be locked, fetching goes on without: files still appear whole, by renaming.
        let lock = FolderLock(file: "\(folder)/.lock")
        if let lock, !lock.waitForExclusive(unless: isCancelled) { throw .cancelled(set.name) }
        defer { lock?.release() }
        for file in DataFile.allCases where !isRight(file, of: set, in: folder) {
            guard let client else { throw .noClient(set.name, folder: folder) }
            try checkPlace(of: file, in: folder)
            try fetch(file, of: set, by: client, into: folder)
        }
    }

    private func isRight(_ file: DataFile, of set: KnownDataset, in folder: String) -> Bool {
        guard let path = DataSearch.files(in: folder).found[file] else { return false }
        guard let content = try? bytes(ofFile: path) else { return false }
        return (try? verify(content, file, of: set)) != nil
    }

    /// Only a regular file makes way for one that is fetched.
    private func checkPlace(of file: DataFile, in folder: String) throws(FetchError) {
        for path in ["\(folder)/\(file.rawValue)", "\(folder)/\(file.rawValue).gz"] {
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            if let type = attributes?[.type] as? FileAttributeType, type != .typeRegular { throw .occupied(path) }
        }
    }

    private func fetch(
        _ file: DataFile, of set: KnownDataset, by client: WebClient, into folder: String
    ) throws(FetchError) {
        var failures: [FetchError.Failure] = []
        for mirror in set.mirrors {
            let address = mirror + file.rawValue + ".gz"
            guard let url = URL(string: address) else { continue }
            // Mirrors wrap the same file differently: what one began, another must not go on with.
            let hash = SHA256.hex(of: Array(address.utf8)).prefix(12)
            let partial = "\(folder)/.\(file.rawValue).\(hash).part"
            let isResumed = size(of: partial) > 0
            do throws(DownloadError) {
                do throws(DownloadError) {
                    try bring(file, of: set, from: url, by: client, through: partial, into: folder)
                } catch .wrongContent where isResumed {
                    // The beginning may have been another file's: once more, from nothing.
                    try bring(file, of: set, from: url, by: client, through: partial, into: folder)
                }
                return removePartials(of: file, in: folder)
            } catch .cancelled {
                throw .cancelled(set.name)
            } catch {
                failures.append(FetchError.Failure(address: address, reason: error))
            }
        }
        throw .mirrors(set.name, failures, folder: folder)
    }

    private func bring(
        _ file: DataFile, of set: KnownDataset, from url: URL, by client: WebClient, through partial: String,
        into folder: String
    ) throws(DownloadError) {
        try download(file, of: set, from: url, by: client, into: partial)
        try accept(partial, as: file, of: set, in: folder)
    }

    private func download(
        _ file: DataFile, of set: KnownDataset, from url: URL, by client: WebClient, into partial: String
    ) throws(DownloadError) {
        // Gzip makes what cannot be compressed a little longer.
        let limit = (set.sizes[file] ?? 1 << 30) * 101 / 100 + 4096
        var attempt = 1
        while true {
            let before = size(of: partial)
            do throws(DownloadError) {
                return try Download.run(
                    url, by: client, into: partial, limit: limit, patience: patience, isCancelled: isCancelled
                ) { [progress] received, expected in
                    progress(Progress(file: file, address: url.absoluteString, received: received, expected: expected))
                }
            } catch .connection(let reason) {
                guard attempt < attempts, size(of: partial) > before else { throw .connection(reason) }
            } catch .stale {
                guard attempt < attempts else { throw .stale }
            }
            attempt += 1
        }
    }

    /// A download gets its final name once its content is verified; a wrong one is not continued.
    private func accept(
        _ partial: String, as file: DataFile, of set: KnownDataset, in folder: String
    ) throws(DownloadError) {
        do {
            let content = try bytes(ofFile: partial)
            try verify(content, file, of: set)
            let path = "\(folder)/\(file.rawValue)" + (Gzip.isGzip(content.span.bytes) ? ".gz" : "")
            guard rename(partial, path) == 0 else { throw DownloadError.file(path, errorText()) }
            // A wrong file without the wrapper would still be the one that is read.
            let plain = "\(folder)/\(file.rawValue)"
            if path != plain { unlink(plain) }
        } catch {
            unlink(partial)
            throw error as? DownloadError ?? .wrongContent("\(error)")
        }
    }

    /// By the decompressed bytes: mirrors differ in the wrapper.
    private func verify(_ content: [UInt8], _ file: DataFile, of set: KnownDataset) throws {
        var plain = content
        if Gzip.isGzip(content.span.bytes) {
            plain = try Gzip.decompress(content.span.bytes, limit: set.sizes[file] ?? 1 << 30)
        }
        guard SHA256.hex(of: plain) == set.fingerprints[file] else {
            throw DownloadError.wrongContent("its checksum is another")
        }
    }

    private func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? Int) ?? 0
    }

    private func removePartials(of file: DataFile, in folder: String) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasPrefix(".\(file.rawValue).") && name.hasSuffix(".part") {
            unlink("\(folder)/\(name)")
        }
    }
}
