import Reporting
import Testing

@testable import Exchange

@Suite struct ProjectorTests {
    @Test func `points, what is known of them and their pictures stand in the same order`() throws {
        let pictures = (0..<3).map { PixelImage(width: 2, height: 1, bytes: [UInt8($0 * 2), UInt8($0 * 2 + 1)]) }
        let projector = Projector(
            name: "dense\"1", dimensions: 2, values: [0.5, -1, .nan, 2, 3, 4],
            metadata: [("label", ["a\tb", "c", "d"]), ("predicted", ["x", "y", "z"])], pictures: pictures)
        let files = Dictionary(uniqueKeysWithValues: projector.files.map { ($0.name, $0.content) })
        #expect(files["tensors.tsv"] == Array("0.5\t-1.0\n0\t2.0\n3.0\t4.0\n".utf8))
        #expect(files["metadata.tsv"] == Array("label\tpredicted\na b\tx\nc\ty\nd\tz\n".utf8))
        let sprite = PixelImage(width: 4, height: 2, bytes: [0, 1, 2, 3, 4, 5, 0, 0])
        #expect(files["sprite.png"] == sprite.png)
        let config = String(decoding: try #require(files["projector_config.pbtxt"]), as: UTF8.self)
        #expect(config.contains(#"tensor_name: "dense\"1""#) && config.contains("single_image_dim: 1\n"))
    }
}
