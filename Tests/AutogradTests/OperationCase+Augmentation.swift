import Autograd
import Kernels
import Tensors
import TestSupport

extension OperationCase {
    private static func affine(_ image: Shape, _ mode: FillMode, isBilinear: Bool) -> OperationCase {
        OperationCase("affine transform \(image), \(mode), \(isBilinear ? "bilinear" : "nearest")") {
            [.images(image, batch: $0)]
        } record: { graph, values in
            try graph.apply(
                try AffineTransform(values[0], salt: 3, fillMode: mode, isBilinear: isBilinear) { draws in
                    var map = AffineMap()
                    map.xx = Float(draws.uniform(0, in: 0.5...1.5))
                    map.xy = Float(draws.uniform(1, in: -1...1))
                    map.x = Float(draws.uniform(2, in: -9...9))
                    map.yx = Float(draws.uniform(3, in: -1...1))
                    map.yy = Float(draws.uniform(4, in: 0.5...1.5))
                    map.y = Float(draws.uniform(5, in: -9...9))
                    return map
                }, to: values[0])
        }
    }

    private static func tones(_ name: String, scale: ClosedRange<Double>, offset: ClosedRange<Double>) -> OperationCase
    {
        OperationCase(name) {
            // Nothing is near the bounds, where the slope jumps.
            [.images(Shape(5, 3, 2), batch: $0, in: -1...1)]
        } record: { graph, values in
            try graph.apply(
                try AdjustTones(values[0], salt: 1) { draws in
                    ToneCurve(
                        scale: Float(draws.uniform(0, in: scale)), offset: Float(draws.uniform(1, in: offset)),
                        lower: -9, upper: 9)
                }, to: values[0])
        }
    }

    static let augmentations =
        FillMode.allCases.flatMap { mode in
            [
                affine(Shape(5, 7, 1), mode, isBilinear: true), affine(Shape(3, 4, 17), mode, isBilinear: true),
                affine(Shape(5, 7, 2), mode, isBilinear: false),
            ]
        } + [
            OperationCase("crop by an affine transform") {
                [.images(Shape(6, 5, 2), batch: $0)]
            } record: { graph, values in
                try graph.apply(
                    try AffineTransform(
                        values[0], salt: 3, fillMode: .nearest, rows: 1..<4, columns: 2..<5, result: (4, 7)
                    ) { draws in
                        var map = AffineMap()
                        map.x = Float(draws.uniform(0, in: -2...2))
                        map.yy = 0.7
                        return map
                    }, to: values[0])
            },
            tones("contrast", scale: 0.5...1.5, offset: 0...0), tones("brightness", scale: 1...1, offset: -1...1),
            OperationCase("erased patches") {
                [.images(Shape(6, 5, 2), batch: $0)]
            } record: { graph, values in
                try graph.apply(
                    try ErasePatch(values[0], salt: 2, fillValue: nil, range: -1...1) { draws in
                        if draws.integer(0, below: 3) == 0 { return nil }
                        let first = draws.integer(1, below: 4)
                        return ErasedPatch(rows: first..<first + 2, columns: 1..<draws.integer(2, below: 4) + 1)
                    }, to: values[0])
            },
        ]
        + [true, false].flatMap { alongWidth in
            [true, false].map { isBilinear in
                OperationCase("stretched \(alongWidth ? "width" : "height")\(isBilinear ? "" : ", nearest")") {
                    [.images(Shape(6, 5, 3), batch: $0)]
                } record: { graph, values in
                    try graph.apply(
                        try StretchAxis(values[0], salt: 4, alongWidth: alongWidth, isBilinear: isBilinear) { draws in
                            3 + draws.integer(0, below: 6)
                        }, to: values[0])
                }
            }
        }
}
