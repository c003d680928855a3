import Autograd
import Foundation
import Kernels
import Schema
import Tensors
import Testing

@testable import Layers

@Suite struct AugmentationTests {
    /// What layers make of a batch; every image is the same.
    private func augmented(
        _ layers: [JSON], _ shape: Shape, batch: Int, isTraining: Bool = true, key: UInt64 = 1, threads: Int = 2,
        pixel: (Int) -> Float
    ) throws -> [[Float]] {
        let layers = try layers.map { PlacedLayer(try KerasFigures.layer($0)) }
        var recorder = Recorder(layers, isTraining: isTraining)
        let x = try recorder.graph.feed("x", .image(shape))
        let y = try recorder.record(layers, reading: x).value
        let program = try Program(recorder.graph, parameters: Parameters([]), batch: batch, outputs: [y])
        let memory = try FloatMemory(count: batch * shape.count)
        memory.set((0..<memory.count).map { pixel($0 % shape.count) })
        if program.feedNames.contains("x") { program.bind("x", to: memory) }
        program.run(key: key, team: Team(threads: threads))
        let values = y == x ? memory.values() : program.values(of: y)
        return (0..<batch).map { Array(values[$0 * y.shape.count..<($0 + 1) * y.shape.count]) }
    }

    private func draws(_ count: Int) -> [ImageDraws] { (0..<count).map { ImageDraws(key: 3, salt: 0, image: $0) } }

    static let every: [JSON] = [
        ["type": "RandomRotation", "factor": 0.2],
        ["type": "RandomZoom", "height_factor": 0.2, "fill_mode": "constant", "fill_value": 0.5],
        ["type": "RandomTranslation", "height_factor": 0.3, "width_factor": [0, 0.2], "fill_mode": "wrap"],
        ["type": "RandomFlip"], ["type": "RandomCrop", "height": 9, "width": 11],
        ["type": "RandomContrast", "factor": 0.4], ["type": "RandomBrightness", "factor": 0.2],
        ["type": "RandomErasing"], ["type": "RandomHeight", "factor": 0.4], ["type": "RandomWidth", "factor": 0.4],
    ]

    @Test func `angles, zooms and shifts are uniform within their bounds`() throws {
        func check(_ numbers: [Double], _ bounds: ClosedRange<Double>, _ name: String) {
            let width = bounds.upperBound - bounds.lowerBound
            let mean = numbers.reduce(0, +) / Double(numbers.count)
            let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
            #expect(numbers.allSatisfy { $0 > bounds.lowerBound - 1e-6 && $0 < bounds.upperBound + 1e-6 }, "\(name)")
            #expect(abs(mean - (bounds.lowerBound + bounds.upperBound) / 2) < width * 0.01, "\(name)")
            #expect(abs(variance / (width * width / 12) - 1) < 0.03, "\(name)")
        }
        func maps(_ json: JSON) throws -> [AffineMap] {
            let layer = try #require(try KerasFigures.layer(json) as? any MovingAugmentation)
            return draws(20_000).map { layer.map($0, height: 28, width: 20) }
        }
        let turns = try maps(["type": "RandomRotation", "factor": 0.2])
            .map { atan2(Double($0.yx), Double($0.xx)) / (2 * .pi) }
        check(turns, -0.2...0.2, "rotation")
        let zooms = try maps(["type": "RandomZoom", "height_factor": [-0.3, 0.1]])
        check(zooms.map { Double($0.yy) }, 0.7...1.1, "zoom")
        #expect(zooms.allSatisfy { $0.xx == $0.yy })
        let free = try maps(["type": "RandomZoom", "height_factor": 0.2, "width_factor": 0.5])
        check(free.map { Double($0.xx) }, 0.5...1.5, "horizontal zoom")
        let product = free.reduce(0) { $0 + (Double($1.xx) - 1) * (Double($1.yy) - 1) } / 20_000
        #expect(abs(product) < 0.002)
        let shifts = try maps(["type": "RandomTranslation", "height_factor": 0.1, "width_factor": [0.2, 0.5]])
        check(shifts.map { Double($0.y) }, -2.8...2.8, "vertical shift")
        check(shifts.map { Double($0.x) }, -10 ... -4, "horizontal shift")
    }

    @Test(arguments: ["horizontal", "vertical", "horizontal_and_vertical"])
    func `half of the images are flipped, others stay`(mode: String) throws {
        let images = try augmented(
            [["type": "RandomFlip", "mode": JSON(mode)]], Shape(2, 3, 1), batch: 4000
        ) { Float($0) }
        let flipped: [Float] =
            switch mode {
            case "horizontal": [2, 1, 0, 5, 4, 3]
            case "vertical": [3, 4, 5, 0, 1, 2]
            default: [5, 4, 3, 2, 1, 0]
            }
        let count = images.count { $0 == flipped }
        #expect(images.count { $0 == [0, 1, 2, 3, 4, 5] } + count == 4000)
        #expect(abs(count - 2000) < 130)
    }

    @Test func `layers in a row draw independently, and so do steps`() throws {
        let flip: JSON = ["type": "RandomFlip", "mode": "horizontal"]
        let images = try augmented([flip, flip], Shape(1, 2, 1), batch: 4000) { Float($0) }
        #expect(abs(images.count { $0 == [1, 0] } - 2000) < 130)
        let once = try augmented([flip], Shape(1, 2, 1), batch: 4000, key: 1) { Float($0) }
        let again = try augmented([flip], Shape(1, 2, 1), batch: 4000, key: 2) { Float($0) }
        #expect(abs(zip(once, again).count { $0 == $1 } - 2000) < 130)
    }

    @Test func `every place of a crop is as likely`() throws {
        let images = try augmented(
            [["type": "RandomCrop", "height": 2, "width": 3]], Shape(4, 5, 1), batch: 9000
        ) { Float($0) }
        var counts: [Float: Int] = [:]
        for image in images {
            counts[image[0], default: 0] += 1
            #expect(image == [0, 1, 2, 5, 6, 7].map { image[0] + $0 })
        }
        #expect(Set(counts.keys) == [0, 1, 2, 5, 6, 7, 10, 11, 12])
        #expect(counts.values.allSatisfy { abs($0 - 1000) < 130 })
    }

    @Test func `in evaluation a crop is the resized middle of the same proportions`() throws {
        let crop: JSON = ["type": "RandomCrop", "height": 2, "width": 2]
        let images = try augmented([crop], Shape(4, 6, 1), batch: 1, isTraining: false) { Float($0) }
        // Columns 1 to 4, each result the mean of four pixels.
        #expect(images == [[4.5, 6.5, 16.5, 18.5]])
        let same = try augmented(
            [["type": "RandomCrop", "height": 4, "width": 6]], Shape(4, 6, 1), batch: 1
        ) { Float($0) }
        #expect(same == [(0..<24).map { Float($0) }])
    }

    @Test func `contrast and brightness stay within their bounds`() throws {
        let contrasts = try augmented(
            [["type": "RandomContrast", "factor": 0.3]], Shape(1, 2, 1), batch: 4000
        ) { [0.4, 0.6][$0] }.map { ($0[1] - $0[0]) / 0.2 }
        #expect(contrasts.allSatisfy { 0.699 < $0 && $0 < 1.301 })
        #expect(abs(contrasts.reduce(0, +) / 4000 - 1) < 0.012)
        let brightness = try augmented(
            [["type": "RandomBrightness", "factor": [-1, 0.5]]], Shape(1, 1, 1), batch: 4000
        ) { _ in 0.75 }.map { $0[0] }
        #expect(brightness.allSatisfy { 0 <= $0 && $0 <= 1 })
        #expect(abs(brightness.count { $0 == 0 } - 667) < 100)
        #expect(abs(brightness.count { $0 == 1 } - 667) < 100)
    }

    @Test func `patches are erased as often and as large as said`() throws {
        func shares(_ layer: JSON, batch: Int) throws -> [Double] {
            try augmented([layer], Shape(40, 40, 1), batch: batch) { _ in 0.5 }.map { image in
                Double(image.count { $0 != 0.5 }) / 1600
            }
        }
        let sometimes = try shares(["type": "RandomErasing", "fill_value": 0], batch: 2000)
        #expect(abs(sometimes.count { $0 > 0 } - 1000) < 100)
        let always = try shares(
            ["type": "RandomErasing", "factor": [1, 1], "scale": [0.25, 0.25], "fill_value": 0], batch: 200)
        #expect(always.allSatisfy { abs($0 - 0.25) < 1e-9 })
        let noise = try augmented(
            [["type": "RandomErasing", "factor": [1, 1], "scale": [1, 1], "value_range": [-9, 9]]], Shape(40, 40, 1),
            batch: 10
        ) { _ in 0.5 }.flatMap { $0 }
        #expect(abs(noise.reduce(0, +) / 16_000) < 0.3)
        #expect(noise.allSatisfy { -9 <= $0 && $0 <= 9 })
        #expect(Set(noise).count > 5000)
    }

    @Test func `all images of a batch are stretched alike, and differently at the next step`() throws {
        for type in ["RandomHeight", "RandomWidth"] {
            let layer: JSON = ["type": JSON(type), "factor": 0.5]
            func pixel(_ index: Int) -> Float { Float(index * index % 17) }
            let images = try augmented([layer], Shape(9, 9, 1), batch: 33, pixel: pixel)
            #expect(Set(images).count == 1)
            let steps = try (0..<40).map { key in
                try augmented([layer], Shape(9, 9, 1), batch: 1, key: UInt64(key), pixel: pixel)[0]
            }
            // ⌊(0.5 … 1.5) · 9⌋ is one of 4 to 13.
            #expect(Set(steps).count == 10)
        }
    }

    @Test(arguments: every.indices)
    func `layers act only in training, unless they are told to act always`(index: Int) throws {
        var json = Self.every[index]
        let shape = Shape(28, 28, 1)
        func pixel(_ index: Int) -> Float { Float(index % 23) / 23 }
        let plain = try augmented([json], shape, batch: 4, isTraining: false, pixel: pixel)
        let trained = try augmented([json], shape, batch: 4, pixel: pixel)
        json["always"] = true
        let always = try augmented([json], shape, batch: 4, isTraining: false, pixel: pixel)
        #expect(Set(plain).count == 1)
        #expect(always == trained)
        #expect(trained != plain)
    }

    @Test func `images and gradients have the same bits for any number of threads`() throws {
        let layers = try (Self.every + [["type": "Flatten"], ["type": "Dense", "units": 3]]).map {
            PlacedLayer(try KerasFigures.layer($0))
        }
        let convolution: JSON = ["type": "Conv2D", "filters": 2, "kernel_size": 3]
        let all = [PlacedLayer(try KerasFigures.layer(convolution))] + layers
        var results: [[Float]] = []
        for threads in [1, 2, 3, 7] {
            let network = try Network(all, input: Shape(20, 20, 1), loss: SparseCategoricalCrossentropy())
            network.parameters.initialize(seed: 1)
            let program = try network.program(.training, batch: 37)
            let images = try FloatMemory(count: 37 * 400)
            images.set((0..<images.count).map { Float($0 % 31) / 31 })
            let labels = try FloatMemory(count: 37)
            labels.set((0..<37).map { Float($0 % 3) })
            program.bind(images: images, labels: labels)
            program.run(key: 9, team: Team(threads: threads))
            results.append(network.parameters.gradients.values() + [program.loss])
        }
        #expect(results[0].contains { $0 != 0 })
        #expect(results.allSatisfy { $0.map(\.bitPattern) == results[0].map(\.bitPattern) })
    }

    @Test(arguments: every)
    func `what is no image is refused with a remedy`(json: JSON) throws {
        let layers = [PlacedLayer(Flatten()), PlacedLayer(try KerasFigures.layer(json))]
        let error = #expect(throws: ShapeError.self) {
            try Recording(layers, input: Shape(4, 4, 1), loss: SparseCategoricalCrossentropy(), isTraining: true)
        }
        #expect(error?.description.contains("it must come before Flatten") == true)
    }

    @Test(
        arguments: [
            (["type": "RandomRotation", "factor": 1.5], "a number from -1 to 1, found 1.5"),
            (["type": "RandomZoom", "height_factor": -1], "a number above -1 and at most 1, found -1"),
            (["type": "RandomTranslation", "height_factor": [0.1], "width_factor": 0], "an array of 2"),
            (["type": "RandomContrast", "factor": 0.2, "value_range": 1], "an array of 2"),
            (["type": "RandomFlip", "mode": "sideways"], "unknown word"),
        ] as [(JSON, String)])
    func `factors out of bounds are refused`(json: JSON, message: String) throws {
        let error = #expect(throws: Problems.self) { try KerasFigures.layer(json) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(message))
    }
}
