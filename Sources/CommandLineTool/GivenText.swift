import Machine
import Reporting

extension Grant {
    /// `2 (SLURM_CPUS_PER_TASK)`
    func words(_ number: (Int) -> String = grouped) -> String { "\(number(amount)) (\(displayable("\(giver)")))" }
}

extension Given {
    /// A few lines for people, as at the end of a summary.
    var text: String {
        """
        Given to this process
        \(padded("  processors", to: 24))\(processors.words())
        \(padded("  memory", to: 24))\(memory.words(byteSize))

        """
    }
}
