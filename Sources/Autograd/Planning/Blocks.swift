/// Memory that something needs for a while.
struct Block {
    let floats: Int
    let first: Int
    let last: Int
}

/// Places blocks so that those needed at the same time lie apart: the largest first, each as low as it fits.
func place(_ blocks: [Block]) -> (offsets: [Int], total: Int) {
    var offsets = [Int](repeating: 0, count: blocks.count)
    var placed: [Int] = []
    var total = 0
    let order = blocks.indices.sorted { (blocks[$1].floats, $0) < (blocks[$0].floats, $1) }
    for index in order where blocks[index].floats > 0 {
        let block = blocks[index]
        var offset = 0
        for other in placed where blocks[other].first <= block.last && block.first <= blocks[other].last {
            if offsets[other] >= offset + block.floats { break }
            offset = max(offset, offsets[other] + blocks[other].floats)
        }
        offsets[index] = offset
        total = max(total, offset + block.floats)
        placed.insert(index, at: placed.firstIndex { offsets[$0] > offset } ?? placed.endIndex)
    }
    return (offsets, total)
}
