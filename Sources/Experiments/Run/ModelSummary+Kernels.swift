import Autograd
import Reporting
import Schema

extension ModelSummary {
    /// What runs for each layer, forward and backward, one operation a line.
    package func kernelTable(width: Int?) -> String {
        let rows = kernels.flatMap { layer in
            let forward = layer.joinedWith.map { ["in \($0)"] } ?? layer.forward
            return (0..<max(forward.count, layer.backward.count, 1)).map { line in
                [
                    line == 0 ? layer.layer : "", line < forward.count ? forward[line] : "",
                    line < layer.backward.count ? layer.backward[line] : "",
                ]
            }
        }
        return TextTable(["Layer", "Forward", "Backward"], rows: rows).text(width: width)
    }

    /// The summary's document, with `kernels` besides.
    package var jsonWithKernels: JSON {
        var json = json
        json["kernels"] = JSON(
            .array(
                kernels.map { layer in
                    [
                        "layer": JSON(layer.layer), "forward": JSON(layer.forward), "backward": JSON(layer.backward),
                        "joined_with": JSON(layer.joinedWith),
                    ]
                }))
        return json
    }
}
