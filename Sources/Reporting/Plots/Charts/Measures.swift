// How much room texts take. The fonts of screens differ in width; room is left for the widest of the usual ones.

private let widestFont = 1.13

/// The room that a text may take.
func roomFor(_ text: String, size: Double = 11, isBold: Bool = false) -> Double {
    StrokeFont(size: size, isBold: isBold).width(of: text) * widestFont
}

/// A text that fits, its middle left out if need be: beginnings and ends of names tell most.
func shortened(_ text: String, to room: Double, size: Double = 11, isBold: Bool = false) -> String {
    // Nobody reads thousands of characters in a picture; measuring them would take long.
    let isLong = text.utf8.count > 4000
    let characters = Array(displayable(isLong ? String(text.prefix(400)) : text))
    let ending = isLong ? Array(displayable(String(text.suffix(400)))) : characters
    if !isLong, roomFor(String(characters), size: size, isBold: isBold) <= room { return String(characters) }
    var (least, most) = (0, characters.count)
    func cut(_ kept: Int) -> String {
        String(characters.prefix((kept + 1) / 2)) + "…" + String(ending.suffix(kept / 2))
    }
    while most - least > 1 {
        let middle = (least + most) / 2
        if roomFor(cut(middle), size: size, isBold: isBold) <= room { least = middle } else { most = middle }
    }
    return cut(least)
}

/// A label that is shortened to fit, and tells the whole when a pointer rests on it.
func label(
    _ text: String, at place: Drawing.Point, within room: Double, size: Double = 11, paint: Paint = .ink,
    anchor: Drawing.Label.Anchor = .start, isBold: Bool = false
) -> Drawing.Shape {
    let short = shortened(text, to: room, size: size, isBold: isBold)
    return .text(
        Drawing.Label(
            short, at: place, size: size, paint: paint, anchor: anchor, isBold: isBold,
            tip: short == displayable(text) ? nil : String(text.prefix(1000))))
}
