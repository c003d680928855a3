import Reporting
import Schema

extension BenchReport {
    /// Reads a file that `bench --json` has written; what a newer version writes beside it is passed over.
    package init(at path: String) throws {
        let text = try readFile(path, atMost: JSON.largestText)
        do {
            try self.init(reading: JSON(parsing: text))
        } catch {
            var problems = error
            problems.file = displayable(path)
            throw problems
        }
    }

    /// The same from a document.
    package init(reading json: JSON) throws(Problems) {
        guard json["peak_gflops"] != nil else {
            let remedy = "mnist-lab bench --json writes one"
            throw Problems([Problem("this is no document of a bench", at: json.position, remedy: remedy)])
        }
        var reader = DocumentReader(json)
        let processor = reader.value(["processor"], as: String.format)
        let threads = reader.value(["threads"], as: Int.format)
        let lanes = reader.value(["vector_floats"], as: Int.format)
        let peak = reader.value(["peak_gflops"], as: .rate)
        let kernels = reader.value(["kernels"], as: .list(of: .kernelFigure))
        let training = reader.value(["training"], as: .list(of: .trainingFigure))
        guard let processor, let threads, let lanes, let peak, let kernels, let training else { throw reader.problems }
        self.init(processor: processor, threads: threads, lanes: lanes, peak: peak)
        self.kernels = kernels
        self.training = training
    }
}

extension Format where Value == Double {
    /// What can be divided by.
    fileprivate static var rate: Format { Double.format(in: .above(0)) }
}

extension Format where Value == KernelFigure {
    fileprivate static var kernelFigure: Format {
        Format(expecting: "a kernel's figure") { reader in
            let name = reader.value(["name"], as: String.format)
            let shape = reader.value(["shape"], as: String.format)
            let gflops = reader.value(["gflops"], as: .rate)
            guard let name, let shape, let gflops else { return nil }
            return KernelFigure(name: name, shape: shape, gflops: gflops)
        }
    }
}

extension Format where Value == TrainingFigure {
    fileprivate static var trainingFigure: Format {
        Format(expecting: "a model's figure") { reader in
            let config = reader.value(["config"], as: String.format)
            let batch = reader.value(["batch_size"], as: Int.format)
            let rate = reader.value(["images_per_second"], as: .rate)
            let gflops = reader.value(["gflops"], as: .rate)
            guard let config, let batch, let rate, let gflops else { return nil }
            return TrainingFigure(config: config, batchSize: batch, imagesPerSecond: rate, gflops: gflops)
        }
    }
}

extension Format {
    /// An object that is only ever read.
    init(expecting expectation: String, _ read: @escaping @Sendable (inout DocumentReader) -> Value?) {
        self.init(
            expecting: expectation, schema: { _ in ["type": "object"] },
            read: { place, problems in
                var reader = DocumentReader(place)
                let value = read(&reader)
                problems.append(contentsOf: reader.problems)
                return value
            },
            write: { _ in nil })
    }
}
