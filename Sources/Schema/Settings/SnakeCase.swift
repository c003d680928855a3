/// A type's name as Keras writes it in names of layers and in bare words: `MaxPooling2D` becomes `max_pooling2d`.
package func snakeCase(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
        let followsSmall = index > 0 && letters[index - 1].isLowercase
        let startsWord = index > 0 && index + 1 < letters.count && letters[index + 1].isLowercase
        if letter.isUppercase, followsSmall || startsWord { result += "_" }
        result += letter.lowercased()
    }
    return result
}
