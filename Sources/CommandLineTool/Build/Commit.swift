/// The commit that the program was built from; `.ci/package` writes it here while it builds.
let buildCommit: String? = nil
