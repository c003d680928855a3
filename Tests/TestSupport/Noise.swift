import Tensors

/// Random numbers for tests: other ones for every purpose, the same ones in every run.
package struct Noise {
    private let source: RandomSource
    private var drawn = 0

    /// Begins a stream for one purpose, such as a test case's description.
    package init(_ purpose: String) { source = RandomSource(seed: 2, purpose: purpose) }

    /// Uniform numbers that use every bit of their mantissas.
    package mutating func floats(_ count: Int, in range: ClosedRange<Float> = -1...1) -> [Float] {
        drawn += count
        return (drawn - count..<drawn).map { index in
            range.lowerBound + (range.upperBound - range.lowerBound) * Float(source.uniform(at: index))
        }
    }

    /// One whole number.
    package mutating func integer(in range: ClosedRange<Int>) -> Int {
        drawn += 1
        return range.lowerBound + source.integer(below: range.count, at: drawn - 1)
    }

    /// One of some choices.
    package mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[integer(in: 0...choices.count - 1)] }
}
