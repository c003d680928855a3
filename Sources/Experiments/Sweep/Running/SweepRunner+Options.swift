extension SweepRunner {
    /// How a process takes part in a sweep; nothing in it changes what comes out.
    package struct Options: Sendable {
        /// For this process alone; other processes have their own.
        package var shares: Shares
        /// Nil for all trials.
        package var shard: Shard?
        /// Whether the first failure ends the sweep.
        package var failsFast = false
        /// Whether to end, rather than wait, when all that is left is being trained by others.
        package var leavesRestToOthers = false
        /// Whether trials that failed before this process began are tried again.
        package var retriesFailures = true
        /// How this process claims trials.
        package var claims = Claims()
        /// Whether trials draw their curves.
        package var hasPictures = true
        /// Whether trials write events for TensorBoard.
        package var hasTensorBoard = false
        /// The tool's version, for the trials' `run.json`.
        package var version: String
        /// The command line, for the trials' `run.json`.
        package var command: [String]

        /// Everything that changes how trials are run and nothing of what comes out.
        package init(
            shares: Shares, shard: Shard? = nil, failsFast: Bool = false, leavesRestToOthers: Bool = false,
            retriesFailures: Bool = true, claims: Claims = Claims(), hasPictures: Bool = true,
            hasTensorBoard: Bool = false, version: String, command: [String] = []
        ) {
            self.shares = shares
            self.shard = shard
            self.failsFast = failsFast
            self.leavesRestToOthers = leavesRestToOthers
            self.retriesFailures = retriesFailures
            self.claims = claims
            self.hasPictures = hasPictures
            self.hasTensorBoard = hasTensorBoard
            self.version = version
            self.command = command
        }
    }
}
