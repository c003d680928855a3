import Foundation
import Reporting
import Schema
import Testing

@testable import Experiments

/// What is written for Slurm and read from it; no Slurm is needed.
@Suite struct SlurmTests {
    @Test(arguments: [
        (["--time=1:00:00", "-p", "short", "--mem", "4G"], [["--time=1:00:00"], ["-p", "short"], ["--mem", "4G"]]),
        (["-c4", "--exclusive", "--comment=two words"], [["-c4"], ["--exclusive"], ["--comment=two words"]]),
        ([], []),
    ])
    func `options of sbatch are taken with their values`(words: [String], lines: [[String]]) throws {
        #expect(try SbatchOptions(words).lines == lines)
    }

    @Test(arguments: [
        (["job.sh"], "\"job.sh\" is no option of sbatch"),
        (["--time=5", "job.sh"], "\"job.sh\" is no option of sbatch"),
        (["-p", "short", "job.sh"], "\"job.sh\" is no option of sbatch"),
        (["--array=1-5"], "--array=1-5 is decided by --submit; use --tasks"),
        (["-a", "1-5"], "-a is decided by --submit; use --tasks"),
        (["--wait"], "--wait is decided by --submit; use --status"),
        (["--comment=a\nb"], "has more than one line"),
    ])
    func `options that would break the sweep are refused`(words: [String], says: String) {
        do throws(Problems) {
            _ = try SbatchOptions(words)
            Issue.record("\(words) were taken")
        } catch {
            #expect(error.rendered().contains(says), "\(error.rendered())")
        }
    }

    @Test(
        arguments: [
            ("20", 20, nil), ("20%4", 20, 4), ("1", 1, nil), ("0", nil, nil), ("-1", nil, nil), ("4%", nil, nil),
            ("4%0", nil, nil), ("%4", nil, nil), ("4%2%1", nil, nil), ("many", nil, nil), ("100001", nil, nil),
        ] as [(String, Int?, Int?)])
    func `the size of an array is a number, or two`(text: String, count: Int?, limit: Int?) {
        let size = ArraySize(text)
        #expect(size?.count == count && size?.limit == limit)
    }

    static func script(_ options: [String] = []) throws -> SlurmScript {
        SlurmScript(
            name: "tiny", folder: "/home/me/two words", logs: "runs/100%/slurm", options: try SbatchOptions(options))
    }

    @Test func `the script of an array reads as written`() throws {
        let script = try Self.script(["--time=1:00:00", "-p", "short", "--comment=say \"hi\" #1"])
        #expect(
            script.training("mnist-lab sweep a.json --join", size: ArraySize(count: 20, limit: 4)) == #"""
                #!/bin/sh
                # Trains whatever trial of the sweep is free, until none is left.
                # Written by mnist-lab sweep --submit slurm.
                #SBATCH --job-name=tiny
                #SBATCH --array=1-20%4
                #SBATCH "--chdir=/home/me/two words"
                #SBATCH --output=runs/100%%/slurm/%A_%a.log
                #SBATCH --open-mode=append
                #SBATCH --requeue
                #SBATCH --signal=B:TERM@60
                #SBATCH --time=1:00:00
                #SBATCH -p short
                #SBATCH "--comment=say \"hi\" #1"

                # Slurm sends TERM a minute before the time limit, and when it cancels or preempts the job. The tool then saves a
                # checkpoint and ends with code 75.
                trap 'kill -TERM "$tool"' TERM
                mnist-lab sweep a.json --join &
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

                """#)
    }

    @Test func `the job that makes the tables runs where the array does and needs no more than it must`() throws {
        let script = try Self.script([
            "--time=1:00:00", "-p", "short", "--mem=64G", "-c", "8", "--dependency=afterok:1",
        ])
        #expect(
            script.collecting("mnist-lab sweep --collect runs/a") == #"""
                #!/bin/sh
                # Makes the tables of the sweep from whatever trials there are.
                # Written by mnist-lab sweep --submit slurm.
                #SBATCH --job-name=tiny-collect
                #SBATCH "--chdir=/home/me/two words"
                #SBATCH --output=runs/100%%/slurm/collect-%j.log
                #SBATCH --open-mode=append
                #SBATCH --time=1:00:00
                #SBATCH -p short

                exec mnist-lab sweep --collect runs/a

                """#)
    }

    /// How the tool ends, what Slurm says of the job then, whether TERM is sent, and whether the job is to be requeued.
    @Test(arguments: [
        (75, "RUNNING", false, true), (75, "COMPLETING", false, false), (75, "", false, false),
        (0, "RUNNING", false, false), (1, "RUNNING", false, false), (75, "RUNNING", true, true),
        (143, "RUNNING", true, false),
    ])
    func `the script requeues its task when the time limit has stopped it, and only then`(
        code: Int, state: String, isTerminated: Bool, isRequeued: Bool
    ) throws {
        let folder = try TemporaryFolder()
        try folder.makeProgram("squeue", "echo '\(state)'")
        try folder.makeProgram("scontrol", "echo \"$@\" >>'\(folder.path)/requeued'")
        // The tool: it sends TERM to its script as Slurm would, and ends when the script has handed it on.
        try folder.makeProgram(
            "tool",
            isTerminated
                ? "trap 'sleep 0.1; exit \(code)' TERM; sleep 0.1; kill -TERM $PPID\n"
                    + "for i in $(seq 100); do sleep 0.1; done; exit 1"
                : "exit \(code)")
        try AtomicFile.write(
            Self.script().training("tool", size: ArraySize(count: 3)), to: "\(folder.path)/train.sh")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["\(folder.path)/train.sh"]
        process.environment = [
            "PATH": "\(folder.path):/usr/bin:/bin", "SLURM_ARRAY_JOB_ID": "12", "SLURM_ARRAY_TASK_ID": "3",
            "SLURM_JOB_ID": "14",
        ]
        // The threads that run tests block signals, and what they start would too.
        var (none, before) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        try process.run()
        pthread_sigmask(SIG_SETMASK, &before, nil)
        process.waitUntilExit()
        #expect(process.terminationStatus == code)
        let requeued = try? text(of: "\(folder.path)/requeued")
        #expect(requeued == (isRequeued ? "requeue 12_3\n" : nil))
    }

    @Test(
        arguments: [
            ("12|3|RUNNING|node1|None", "12_3", "RUNNING"), ("  13|N/A|PENDING||Dependency", "13", "PENDING"),
            ("slurm_load_jobs error", nil, nil), ("", nil, nil), ("12|3|RUNNING", nil, nil),
        ] as [(String, String?, String?)])
    func `a line of squeue names a job and its state`(line: String, name: String?, state: String?) {
        let queued = Slurm.Queued(line[...])
        #expect(queued?.job.name == name && queued?.state == state)
    }

    @Test(
        arguments: [
            (["SLURM_JOB_ID": "14", "SLURM_ARRAY_JOB_ID": "12", "SLURM_ARRAY_TASK_ID": "3"], "12_3"),
            (["SLURM_JOB_ID": "14"], "14"), (["SLURM_JOB_ID": ""], nil), ([:], nil),
        ] as [([String: String], String?)])
    func `a process knows its job by the environment`(environment: [String: String], name: String?) {
        #expect(SlurmJob(environment: environment)?.name == name)
    }

    @Test func `the record of jobs is read as it was written`() throws {
        let folder = try TemporaryFolder()
        #expect(try SlurmJobs(in: folder.path).submissions.isEmpty)
        try FileManager.default.createDirectory(atPath: "\(folder.path)/slurm", withIntermediateDirectories: true)
        var jobs = try SlurmJobs(in: folder.path)
        jobs.submissions = [
            .init(array: "12", tasks: 3, collector: "13"), .init(array: "14", tasks: 1, cluster: "north"),
        ]
        try jobs.write(in: folder.path)
        #expect(try SlurmJobs(in: folder.path) == jobs)
        try AtomicFile.write("{", to: "\(folder.path)/slurm/jobs.json")
        #expect(throws: Problems.self) { try SlurmJobs(in: folder.path) }
    }
}

extension TemporaryFolder {
    /// A program that is a few lines of shell.
    func makeProgram(_ name: String, _ lines: String) throws {
        try AtomicFile.write("#!/bin/sh\n\(lines)\n", to: "\(path)/\(name)")
        chmod("\(path)/\(name)", 0o755)
    }
}
