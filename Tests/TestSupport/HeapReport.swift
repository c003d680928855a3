#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the C library's allocator says of the heap, bin by bin, before and after some work: the same text twice means that
/// the work took nothing that it did not give back. Nil where the library cannot tell.
package func heapReports(around work: () -> Void) -> (before: String, after: String)? {
    #if canImport(Glibc)
    typealias Report = @convention(c) (Int32, UnsafeMutablePointer<FILE>) -> Int32
    guard let symbol = dlsym(nil, "malloc_info") else { return nil }
    let report = unsafeBitCast(symbol, to: Report.self)
    // All that reporting itself needs is there before the first report: three texts, and a buffer for each stream.
    let size = 1 << 18
    let texts = UnsafeMutablePointer<CChar>.allocate(capacity: 6 * size)
    texts.initialize(repeating: 0, count: 6 * size)
    defer { texts.deallocate() }
    let streams = (0..<3).compactMap { fmemopen(texts + $0 * size, size - 1, "w") }
    guard streams.count == 3 else { return nil }
    for index in 0..<3 { setvbuf(streams[index], texts + (3 + index) * size, _IOFBF, size) }
    _ = report(0, streams[2])
    fflush(streams[2])
    _ = report(0, streams[0])
    fflush(streams[0])
    work()
    _ = report(0, streams[1])
    for stream in streams { fclose(stream) }
    return (String(cString: texts), String(cString: texts + size))
    #else
    return nil
    #endif
}
