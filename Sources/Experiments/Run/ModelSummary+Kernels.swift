import Autograd
import Reporting
import Schema

extension ModelSummary {
    /// What runs for each layer, an operation a line: those of the forward pass behind →, those of the backward pass behind ←.
    package func kernelTable(width: Int?) -> String {
        let rows = kernels.flatMap { layer in
            let operations =
                layer.joinedWith.map { [["", "in \($0)"]] }
                ?? layer.forward.map { ["→", $0] } + layer.backward.map { ["←", $0] }
            return operations.enumerated().map { [$0 == 0 ? layer.layer : ""] + $1 }
        }
        return TextTable(["Layer", "", "Operation (kernel)"], rows: rows).text(width: width)
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
