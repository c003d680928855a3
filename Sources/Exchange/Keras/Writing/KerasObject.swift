import Schema

// Settings here have Keras's names and arguments, so one rule says nearly all of how Keras writes them.

/// An object of Keras's as its files have it; without the module, Keras would not find the class.
func kerasObject(_ module: String, _ className: String, _ config: [JSON.Member]) -> JSON {
    [
        "module": JSON(module), "class_name": JSON(className), "config": JSON(.object(config)),
        "registered_name": nil,
    ]
}

/// A setting of a family, as in `{ "type": "HeNormal" }`, with all that it contains.
func kerasObject(_ module: String, of setting: JSON) -> JSON {
    kerasObject(module, setting["type"]?.text ?? "", kerasArguments(of: setting))
}

/// The arguments of a setting without its type.
func kerasArguments(of setting: JSON) -> [JSON.Member] {
    let type = setting["type"]?.text ?? ""
    return (setting.members ?? []).compactMap { member in
        // `always` is no argument of Keras's; a layer with any other value than Keras's is refused.
        if ["type", "always"].contains(member.key) { return nil }
        return JSON.Member(member.key, kerasValue(member.value, of: member.key, in: type))
    }
}

private func kerasValue(_ value: JSON, of key: String, in type: String) -> JSON {
    // Of a single number, Keras 3 makes a range that begins at 0.
    if type == "RandomContrast", key == "factor", value.elements == nil { return [value, value] }
    guard value["type"] != nil else { return value }
    if key.hasSuffix("_initializer") { return kerasObject("keras.initializers", of: value) }
    if key.hasSuffix("_regularizer") { return kerasObject("keras.regularizers", of: value) }
    return kerasObject("keras.optimizers.schedules", of: value)
}
