/// What a training was given, for TensorBoard's table of hyperparameters.
package struct Hyperparameter: Sendable, Equatable {
    package enum Value: Sendable, Hashable {
        case number(Double)
        case text(String)
        case flag(Bool)
    }

    /// The way to it in the config: `training.batch_size`.
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
    }
}

extension SummaryValue {
    /// Says that a training begins, in the folder above those of its curves. It stands for itself: a session with a
    /// name would be one with all others of that name.
    package static func sessionStart(_ given: [Hyperparameter], time: Double) -> SummaryValue {
        var session = ProtobufMessage()
        for parameter in given {
            var member = ProtobufMessage()
            member.add(1, parameter.name)
            member.add(2, parameter.value.message)
            session.add(1, member)
        }
        session.add(5, time)
        return hyperparameters("session_start_info", 3, session)
    }

    /// Says that a training is over.
    package static func sessionEnd(isSuccess: Bool, time: Double) -> SummaryValue {
        var session = ProtobufMessage()
        session.add(1, isSuccess ? 1 : 2)
        session.add(2, time)
        return hyperparameters("session_end_info", 4, session)
    }

    static func hyperparameters(_ tag: String, _ field: Int, _ message: ProtobufMessage) -> SummaryValue {
        var content = ProtobufMessage()
        content.add(field, message)
        return SummaryValue("_hparams_/\(tag)", .hparams, content: content.bytes, tensor: emptyTensor)
    }
}

extension Hyperparameter.Value {
    /// As a `google.protobuf.Value`.
    var message: ProtobufMessage {
        var message = ProtobufMessage()
        switch self {
        case .number(let number): message.add(2, number)
        case .text(let text): message.add(3, text)
        case .flag(let flag): message.add(4, flag ? 1 : 0)
        }
        return message
    }
}
