// How the sums of a depthwise convolution, and of the gradient of its images, lie on one axis.
//
// Both are the same walk: result i is Σ_t source[start + i·step + t·tapStep] · kernel[kernelStart + t·kernelStep], over the taps t
// for which the source has an element. A gradient takes, for a stride s, every s-th element of the kernel, backwards: its
// positions fall into s phases, each of which is such an axis.

/// One axis of a walk.
struct SumAxis {
    /// Elements of what is read.
    let length: Int
    let results: Int
    /// What the first result's first tap reads, which may lie before the first element; and from one result to the next.
    let start, step: Int
    let taps: Int
    /// From one tap to the next.
    let tapStep: Int
    let kernelStart, kernelStep: Int
    let targetStart, targetStep: Int

    /// Of a convolution.
    init(forward windows: Windows) {
        length = windows.size
        results = windows.count
        (start, step) = (-windows.before, windows.stride)
        taps = windows.window
        tapStep = windows.dilation
        (kernelStart, kernelStep) = (0, 1)
        (targetStart, targetStep) = (0, 1)
    }

    /// Of the gradient at those positions that meet the elements of the kernel with that remainder modulo the stride, if there
    /// are any.
    init(backward windows: Windows, remainder: Int) {
        let phase = windows.phase(remainder)
        length = windows.count
        results = phase.count
        (start, step) = (phase.start - windows.gradientBefore, 1)
        taps = remainder < windows.window ? phase.taps : 0
        tapStep = windows.dilation
        (kernelStart, kernelStep) = (remainder + (taps - 1) * windows.stride, -windows.stride)
        (targetStart, targetStep) = (phase.first, windows.stride)
    }

    /// The taps of a result that meet an element.
    @inline(__always)
    func clipped(_ result: Int) -> Range<Int> {
        let first = start + result * step
        if tapStep == 1 {
            let lower = max(0, -first)
            return lower..<max(lower, min(taps, length - first))
        }
        let lower = max(0, tapStep - 1 - first) / tapStep
        return lower..<max(lower, min(taps, (length - first + tapStep - 1) / tapStep))
    }

    /// The results all of whose taps meet an element.
    var whole: Range<Int> {
        let lower = min(results, max(0, (step - 1 - start) / step))
        let last = length - (taps - 1) * tapStep - 1 - start
        return lower..<max(lower, last < 0 ? 0 : min(results, last / step + 1))
    }
}
