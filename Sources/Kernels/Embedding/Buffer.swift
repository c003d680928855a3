/// Values in memory with one owner, for kernels that keep more than floats.
package final class Buffer<Element: BitwiseCopyable> {
    package let count: Int
    package let base: UnsafeMutablePointer<Element>

    package init(count: Int, repeating value: Element) {
        self.count = count
        base = .allocate(capacity: max(count, 1))
        base.initialize(repeating: value, count: count)
    }

    /// A copy of an array.
    package init(_ values: [Element]) {
        count = values.count
        base = .allocate(capacity: max(count, 1))
        for index in 0..<count { (base + index).initialize(to: values[index]) }
    }

    deinit { base.deallocate() }

    /// A copy.
    package var values: [Element] { Array(UnsafeBufferPointer(start: base, count: count)) }
}
