import Foundation
import Reporting
import Schema

/// The batch scripts of a sweep, which stay in its directory for people to read and to submit again.
package struct SlurmScript: Sendable {
    /// The experiment's name.
    package let name: String
    /// The folder in which the tool was called, to which relative paths refer.
    package let folder: String
    /// Where the scripts and what they print are kept.
    package let logs: String
    package let options: SbatchOptions

    package init(name: String, folder: String, logs: String, options: SbatchOptions) {
        self.name = name
        self.folder = folder
        self.logs = logs
        self.options = options
    }

    /// One task of an array that trains whatever trial is free.
    package func training(_ command: String, size: ArraySize) -> String {
        let settings =
            [
                "--job-name=\(name)", "--array=\(size.range)", "--chdir=\(folder)",
                "--output=\(pattern("%A_%a"))", "--open-mode=append", "--requeue", "--signal=B:TERM@60",
            ].map { [$0] } + options.lines
        return head(settings, "Trains whatever trial of the sweep is free, until none is left.") + """

            # Slurm sends TERM a minute before the time limit, and when it cancels or preempts the job. The tool then saves a
            # checkpoint and ends with code 75.
            trap 'kill -TERM "$tool"' TERM
            \(command) &
            tool=$!
            while :; do
                wait "$tool"
                code=$?
                kill -0 "$tool" 2>/dev/null || break
            done

            # Only at the time limit is the job still counted as running; in all other cases Slurm knows what comes next.
            job=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
            if [ "$code" = 75 ] && [ "$(squeue -h -j "$job" -o %T)" = RUNNING ]; then
                scontrol requeue "$job"
            fi
            exit "$code"

            """
    }

    /// The job that makes the tables when the arrays have ended, however they have.
    package func collecting(_ command: String) -> String {
        let settings =
            [
                "--job-name=\(name)-collect", "--chdir=\(folder)", "--output=\(pattern("collect-%j"))",
                "--open-mode=append",
            ].map { [$0] } + options.forCollecting
        return head(settings, "Makes the tables of the sweep from whatever trials there are.") + "\nexec \(command)\n"
    }

    private func head(_ settings: [[String]], _ purpose: String) -> String {
        "#!/bin/sh\n# \(purpose)\n# Written by mnist-lab sweep --submit slurm.\n"
            + settings.map { "#SBATCH " + $0.map(Self.quoted).joined(separator: " ") + "\n" }.joined()
    }

    /// A file in the folder of logs; Slurm puts the job's number where the percent signs are.
    private func pattern(_ name: String) -> String { "\(logs.replacing("%", with: "%%"))/\(name).log" }

    /// A word as Slurm reads it from a line that begins with `#SBATCH`.
    private static func quoted(_ word: String) -> String {
        guard word.unicodeScalars.contains(where: { " \t\"'#\\".unicodeScalars.contains($0) }) else { return word }
        return "\"" + word.escaping("\\", as: "\\\\").escaping("\"", as: "\\\"") + "\""
    }
}
