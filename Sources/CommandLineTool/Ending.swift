/// How a situation ends: the table that help and the documentation show, and that a test goes through row by row.
struct Ending: Sendable {
    let situation: String
    let code: ExitCode

    private init(_ code: ExitCode, _ situation: String) {
        self.situation = situation
        self.code = code
    }

    /// By code; in doubt 2 says that the command line or a config is to be changed, and 1 that a file is.
    static let all: [Ending] = [
        Ending(.success, "a training, an evaluation or a sweep of which nothing is expected, or that met all of it"),
        Ending(.success, "a finished run with --resume that meets what is expected; it is left alone"),
        Ending(
            .failure,
            "a run directory that does not exist, is not one, or is unfinished where a finished run is needed"),
        Ending(
            .failure,
            "a picture, a data set, weights or a model to import that are missing, broken or of another kind, or "
                + "weights that do not fit the model"),
        Ending(.failure, "a finished run whose files are missing or broken, or that kept no checkpoint to go on from"),
        Ending(.failure, "a sweep whose sweep.json is broken"),
        Ending(.failure, "a file that cannot be written: no such folder, read-only, no space left"),
        Ending(.failure, "a loss that is no number any more; in a sweep, a trial that failed"),
        Ending(.usage, "a command, an option or a value that does not exist"),
        Ending(.usage, "a config that is missing, cannot be read or says something wrong; of validate, any of them"),
        Ending(.usage, "layers that do not fit each other or the images"),
        Ending(.usage, "a run directory that exists already or cannot be made"),
        Ending(.usage, "a run that is resumed with another config"),
        Ending(.usage, "a training that needs more memory than there is"),
        Ending(.unmet, "an expectation that a training, an evaluation, a finished run with --resume or a sweep missed"),
        Ending(
            .undecided, "an expectation with a confidence that the repeats leave undecided, as fewer than two always do"
        ),
        Ending(.undecided, "a sweep whose tables --collect makes while trials are missing, if something is expected"),
    ]
}
