/// One entry of an event file: what is known at a step of a training.
package struct Event {
    /// In seconds since 1970.
    package let time: Double
    package let step: Int
    private let content: Content

    private enum Content {
        case fileVersion
        case start
        case summary([SummaryValue])
    }

    private init(time: Double, step: Int, _ content: Content) {
        self.time = time
        self.step = step
        self.content = content
    }

    package init(_ values: [SummaryValue], step: Int, time: Double) {
        self.init(time: time, step: step, .summary(values))
    }

    /// What every file begins with.
    static func fileVersion(time: Double) -> Event { Event(time: time, step: 0, .fileVersion) }

    /// A whole file of events.
    package static func file(_ events: [Event]) -> [UInt8] {
        ([fileVersion(time: events.first?.time ?? 0)] + events).flatMap(\.record)
    }

    /// Says that a training continues at a step, so that whoever is looking forgets what it knew of later ones.
    static func start(step: Int, time: Double) -> Event { Event(time: time, step: step, .start) }

    /// The record of a file. What is zero is left out, as TensorFlow does.
    var record: [UInt8] {
        var message = ProtobufMessage()
        message.add(Self.timeField, time)
        if step != 0 { message.add(Self.stepField, step) }
        switch content {
        case .fileVersion: message.add(3, "brain.Event:2")
        case .summary(let values):
            var summary = ProtobufMessage()
            for value in values { summary.add(1, value.message) }
            message.add(5, summary)
        case .start:
            var session = ProtobufMessage()
            session.add(1, 1)
            message.add(7, session)
        }
        return EventRecord.framed(message.bytes)
    }

    private static let timeField = 1, stepField = 2

    /// What a record that was written before says of its step, and whether it has anything to show; nil if it is no
    /// event.
    static func outline(of data: ArraySlice<UInt8>) -> (step: Int, hasSummary: Bool)? {
        var reader = ProtobufReader(data)
        var (step, hasSummary) = (0, false)
        while let field = reader.next() {
            switch (field.number, field.content) {
            case (stepField, .number(let number)): step = Int(truncatingIfNeeded: number)
            case (5, .bytes): hasSummary = true
            default: break
            }
        }
        return reader.isAtEnd ? (step, hasSummary) : nil
    }
}
