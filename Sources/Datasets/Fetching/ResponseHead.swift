/// The head of a server's answer, taken from the beginning of a stream. The heads of redirections, which come first, are
/// passed over.
struct ResponseHead {
    /// Servers' heads have a few hundred bytes.
    private static let longest = 1 << 16
    private static let ends: [[UInt8]] = [[13, 10, 13, 10], [10, 10]]

    private(set) var status = 0
    private var fields: [String: String] = [:]
    private var text: [UInt8] = []
    private(set) var isWhole = false

    /// Takes bytes of the stream; what is returned belongs to the content.
    mutating func take(_ bytes: ArraySlice<UInt8>) throws(DownloadError) -> ArraySlice<UInt8> {
        var rest = bytes
        while !isWhole, let byte = rest.popFirst() {
            text.append(byte)
            guard text.count < Self.longest else { throw .connection("the answer has no end of its head") }
            if Self.ends.contains(where: { text.suffix($0.count).elementsEqual($0) }) { try close() }
        }
        return rest
    }

    private mutating func close() throws(DownloadError) {
        let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
        text = []
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, words[0].hasPrefix("HTTP/"), let status = Int(words[1]) else {
            throw .connection("the answer is not one of a web server")
        }
        self.status = status
        fields = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields[parts[0].lowercased()] = String(parts[1].drop(while: \.isWhitespace))
        }
        let isFollowed = (300..<400).contains(status) && fields["location"] != nil
        isWhole = !isFollowed && status >= 200
    }

    /// How many bytes of content follow, if the server says so.
    var length: Int? { fields["content-length"].flatMap { Int($0) } }

    /// Whether a part of a file is the part that was asked for.
    func begins(at offset: Int) -> Bool {
        fields["content-range"]?.hasPrefix("bytes \(offset)-") == true
    }
}
