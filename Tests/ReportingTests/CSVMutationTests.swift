import Reporting
import TestSupport
import Testing

/// Mutated tables: read or refused, and never more than that.
@Suite struct CSVMutationTests {
    private static let texts = [
        "epoch,loss,accuracy\n0,0.31,0.9\n1,nan,1e-3\n", "\"a \"\"b\"\"\",\"c,\nd\"\r\n1,2\r\n\r\n3,\"\"\r\n",
        "x\n\"\"\n",
    ].map { Array($0.utf8) }

    @Test func `no mutated CSV is more than read or refused`() {
        let run = MutationRun("CSV", of: Self.texts) { text in
            let table = try CSV(parsing: String(decoding: text, as: UTF8.self))
            // What could steer a terminal is written as something else, but only once.
            guard let again = try? CSV(parsing: table.text), again.text == table.text else {
                throw MutationMistake("changes when it is written as \(table.text)")
            }
        }
        #expect(run.complaints == [])
    }
}
