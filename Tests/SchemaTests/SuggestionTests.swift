import Schema
import Testing

@Suite struct SuggestionTests {
    @Test(
        arguments: [
            ("kernal_size", "kernel_size"), ("kernelSize", "kernel_size"), ("kernel-size", "kernel_size"),
            ("FILTERS", "filters"), ("filter", "filters"), ("fliters", "filters"), ("filtersss", "filters"),
            ("activatoin", "activation"), ("acitvation", "activation"), ("pading", "padding"), ("act", "activation"),
            ("stride", "strides"), ("use_bais", "use_bias"), ("bias", nil), ("lr", nil), ("x", nil), ("", nil),
            ("completely_different", nil), ("units", nil),
        ] as [(String, String?)])
    func `the nearest word is suggested, if it is near`(word: String, meant: String?) {
        let candidates = ["filters", "kernel_size", "strides", "padding", "activation", "use_bias"]
        #expect(suggestion(for: word, among: candidates) == meant)
    }

    @Test func `a beginning that fits two words suggests neither`() {
        #expect(suggestion(for: "val", among: ["val_loss", "val_accuracy"]) == nil)
    }

    @Test func `a swap of neighbours counts as one edit`() {
        #expect(suggestion(for: "ab", among: ["ba"]) == "ba")
    }

    @Test func `words that nobody typed are not compared`() {
        let word = String(repeating: "a", count: 1_000_000)
        #expect(suggestion(for: word, among: [word + "b"]) == nil)
    }
}
