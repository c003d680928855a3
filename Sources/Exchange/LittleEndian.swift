#if _endian(big)
#error("files are little-endian, and nothing here swaps bytes")
#endif

/// Numbers one after the other as files have them.
package func littleEndianBytes(_ elements: [some BitwiseCopyable]) -> [UInt8] {
    elements.withUnsafeBytes { Array($0) }
}
