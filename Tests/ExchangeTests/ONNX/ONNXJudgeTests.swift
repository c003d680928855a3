import Exchange
import Foundation
import Layers
import Testing

@Suite struct ONNXJudgeTests {
    private static let folder = ProcessInfo.processInfo.environment["ONNX_CASES"]

    /// For Tests/Peers/check_onnx.py, which compares them with what ONNX Runtime computes.
    @Test(.enabled(if: folder != nil), arguments: ONNXCase.all)
    func `a case is written with images and what the tool says of them`(one: ONNXCase) throws {
        let folder = URL(fileURLWithPath: try #require(Self.folder))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let model = try one.model()
        let path = folder.appendingPathComponent(one.name)
        try Data(ONNX.encode(model)).write(to: path.appendingPathExtension("onnx"))
        let batch = one.shape == [28, 28, 1] ? 7 : 200
        let (images, probabilities) = try ONNXCase.predictions(model.network, batch: batch)
        var file = Safetensors()
        file.add("images", shape: [batch] + one.shape, images)
        file.add("probabilities", shape: [batch, model.network.classes], probabilities)
        try Data(file.bytes).write(to: path.appendingPathExtension("safetensors"))
    }
}
