import Experiments
import Reporting
import Schema

/// What `validate` found out about one config.
struct ValidatedConfig {
    let path: String
    /// Of a sweep.
    var trials: Int?
    /// What is allowed and probably not meant.
    var warnings = Problems()
    /// Why it cannot be run; nil for a config that can.
    var error: (any Error)?

    /// One element of what `validate --json` prints.
    var json: JSON {
        [
            "config": JSON(path), "valid": JSON(error == nil), "trials": JSON(trials),
            "problems": JSON(.array(problems.list.map(Self.json))),
            "warnings": JSON(.array(warnings.list.map(Self.json))),
        ]
    }

    /// The error with the config's name, which those of data, memory and the like do not have.
    var namedError: (any Error)? {
        switch error {
        case nil, is Problems, is Problem, is ConfigUnreadable: error
        case let error?: ConfigRefused(description: "\(path): \(error)")
        }
    }

    private var problems: Problems {
        switch error {
        case nil: Problems()
        case let problems as Problems: problems
        case let problem as Problem: Problems([problem])
        case let error?: Problems([Problem("\(error)")])
        }
    }

    private static func json(_ problem: Problem) -> JSON {
        [
            // Lines and columns of an override are its own.
            "source": JSON(problem.position?.source), "line": JSON(problem.position?.line),
            "column": JSON(problem.position?.column), "path": JSON(problem.path), "message": JSON(problem.message),
            "remedy": JSON(problem.remedy),
        ]
    }
}
