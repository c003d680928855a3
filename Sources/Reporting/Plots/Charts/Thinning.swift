// What makes pictures of a million values as small as those of a thousand, without a visible difference.

/// Stretches without gaps.
func runs(_ places: [Drawing.Point?]) -> [[Drawing.Point]] {
    var runs: [[Drawing.Point]] = []
    var isGap = true
    for place in places {
        if let place {
            if isGap { runs.append([]) }
            runs[runs.count - 1].append(place)
        }
        isGap = place == nil
    }
    return runs
}

/// Of the points of a line that share a column of pixels the first, the lowest, the highest and the last.
func thinned(_ line: [Drawing.Point]) -> [Drawing.Point] {
    guard line.count > 400 else { return line }
    var result: [Drawing.Point] = []
    var column: [Drawing.Point] = []
    func close() {
        guard let first = column.first, let last = column.last else { return }
        let extremes = [column.min { $0.y < $1.y }, column.max { $0.y < $1.y }].compactMap { $0 }
        var kept = [first]
        for point in extremes + [last] where point != kept[kept.count - 1] { kept.append(point) }
        result += kept
    }
    for point in line {
        if let first = column.first, first.x.rounded(.down) != point.x.rounded(.down) {
            close()
            column = []
        }
        column.append(point)
    }
    close()
    return result
}

/// Of dots that nearly cover each other only the first.
func thinnedDots(_ dots: [Drawing.Point]) -> [Drawing.Point] {
    guard dots.count > 2000 else { return dots }
    var seen: Set<[Int]> = []
    return dots.filter { seen.insert([Int(($0.x * 2).rounded()), Int(($0.y * 2).rounded())]).inserted }
}

extension Drawing.Box {
    func contains(_ point: Drawing.Point) -> Bool {
        point.x >= x - 0.01 && point.x <= right + 0.01 && point.y >= y - 0.01 && point.y <= bottom + 0.01
    }

    func nearest(to point: Drawing.Point) -> Drawing.Point {
        Drawing.Point(min(right, max(x, point.x)), min(bottom, max(y, point.y)))
    }
}

/// The parts of a line that lie within a box (Liang and Barsky's method for each of its pieces).
func clipped(_ line: [Drawing.Point], to box: Drawing.Box) -> [[Drawing.Point]] {
    if line.allSatisfy({ box.contains($0) }) { return [line] }
    var parts: [[Drawing.Point]] = []
    for (start, end) in zip(line, line.dropFirst()) {
        guard let (from, to) = visible(start, end, box) else { continue }
        if parts.last?.last == from {
            parts[parts.count - 1].append(to)
        } else {
            parts.append([from, to])
        }
    }
    return parts
}

private func visible(
    _ start: Drawing.Point, _ end: Drawing.Point, _ box: Drawing.Box
) -> (Drawing.Point, Drawing.Point)? {
    let step = end - start
    var (first, last) = (0.0, 1.0)
    for (speed, room) in [
        (-step.x, start.x - box.x), (step.x, box.right - start.x), (-step.y, start.y - box.y),
        (step.y, box.bottom - start.y),
    ] {
        if speed == 0 {
            if room < 0 { return nil }
        } else if speed < 0 {
            first = max(first, room / speed)
        } else {
            last = min(last, room / speed)
        }
    }
    guard first < last else { return nil }
    return (first == 0 ? start : start + step * first, last == 1 ? end : start + step * last)
}
