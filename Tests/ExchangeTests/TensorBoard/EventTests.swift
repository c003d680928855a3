import Tensors
import Testing

@testable import Exchange

@Suite struct EventTests {
    /// RFC 3720, appendix B.4, and the checksum that every description of CRC-32C gives for nine digits.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA), ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ([UInt8](0..<32), 0x46DD_794E), (Array("123456789".utf8), 0xE306_9283), ([], 0),
        ] as [([UInt8], UInt32)])
    func `checksums are those of the standard`(bytes: [UInt8], sum: UInt32) {
        #expect(CRC32C.checksum(of: bytes) == sum)
    }

    @Test(arguments: WrittenEvent.all)
    func `events are the bytes that TensorFlow writes`(event: WrittenEvent) throws {
        let values = try #require(summaries(event)[event.name])
        #expect(Event([values], step: event.step, time: event.time).record == event.record)
    }

    private func summaries(_ event: WrittenEvent) -> [String: SummaryValue] {
        let table = HyperparameterTable(
            [
                .init("training.batch_size", title: "batch_size", values: [.number(64), .number(32)]),
                .init("model", title: "model", values: [.text("cnn"), .text("mlp")]),
            ],
            [
                .init("result/test_accuracy", title: "test_accuracy", isOfValidation: false),
                .init("epoch_loss", run: "validation", title: "val_loss", isOfValidation: true),
            ])
        return [
            "scalar": .scalar("epoch_loss", 0.1), "later scalar": .scalar("epoch_accuracy", 0.975),
            "histogram": .histogram("dense/kernel/histogram", of: event.values),
            "histogram of one number": .histogram("dense/kernel/histogram", of: event.values),
            "image": .image("confusion", png: event.png),
            "session with a number": .sessionStart([.init("dropout", .number(0.25))], time: 12.5),
            "session with a text": .sessionStart([.init("model", .text("mlp"))], time: 12.5),
            "session with a flag": .sessionStart([.init("shuffle", .flag(true))], time: 12.5),
            "session end": .sessionEnd(isSuccess: true, time: 99.5), "table": table.summary,
        ]
    }

    @Test func `numbers that are not finite are left out of histograms`() {
        let buckets = HistogramBuckets(of: [.nan, 1, .infinity, 31, -.infinity, 1])
        #expect(buckets.edges.first == 1 && buckets.edges.last == 31 && buckets.counts.reduce(0, +) == 3)
        #expect(HistogramBuckets(of: [.nan]).counts.allSatisfy { $0 == 0 })
        #expect(HistogramBuckets(of: []).edges.allSatisfy { $0 == 0 })
    }

    @Test func `an event that was written is known by its step`() throws {
        for event in WrittenEvent.all {
            let (range, next) = try #require(EventRecord.data(in: event.record, from: 0))
            let outline = try #require(Event.outline(of: event.record[range]))
            #expect(next == event.record.count && outline.step == event.step && outline.hasSummary)
        }
    }

    @Test func `a record that is cut off or damaged is none`() throws {
        let record = try #require(WrittenEvent.all.first).record
        for length in record.indices { #expect(EventRecord.data(in: Array(record.prefix(length)), from: 0) == nil) }
        for index in record.indices {
            var damaged = record
            damaged[index] ^= 0x10
            #expect(EventRecord.data(in: damaged, from: 0) == nil)
        }
    }

    @Test func `messages are read field by field, and no bytes make the reader trap`() {
        var message = ProtobufMessage()
        message.add(1, 300)
        message.add(2, "text")
        message.add(3, 1.5)
        message.add(4, Float(2))
        message.add(5, -1)
        var reader = ProtobufReader(message.bytes[...])
        let fields = Array(sequence(state: ()) { _ in reader.next() })
        #expect(
            fields == [
                .init(number: 1, content: .number(300)), .init(number: 2, content: .bytes(Array("text".utf8)[...])),
                .init(number: 3, content: .bits(1.5.bitPattern)),
                .init(number: 4, content: .bits(UInt64(Float(2).bitPattern))), .init(number: 5, content: .number(.max)),
            ])
        #expect(reader.isAtEnd)
        for round in 0..<2000 {
            let source = RandomSource(seed: 0, purpose: "damaged messages", round: round)
            var damaged = message.bytes
            for change in 0..<3 {
                damaged[source.integer(below: damaged.count, at: 2 * change)] =
                    UInt8(source.integer(below: 256, at: 2 * change + 1))
            }
            _ = Event.outline(of: damaged[..<source.integer(below: damaged.count + 1, at: 6)])
        }
    }
}
