import Machine

/// A machine whose files are given as text.
struct FakeSystem: Sendable {
    var processors = 8
    var gigabytes = 16
    var addressLimit: Int?
    var variables: [String: String] = [:]
    var files: [String: String] = [:]

    var given: Given { Given(in: surroundings) }

    var surroundings: Surroundings {
        Surroundings(
            processors: processors, bytes: gigabytes << 30, addressLimit: addressLimit,
            variable: { [variables] in variables[$0] }, file: { [files] in files[$0] })
    }
}

/// What `/proc/self/mountinfo` says of control groups in several places.
enum MountInfo {
    /// A server of version 2, as systemd sets it up.
    static let unified = """
        24 30 0:22 / /proc rw,nosuid,nodev,noexec,relatime shared:13 - proc proc rw
        35 25 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot

        """
    /// A Docker container on such a server, which sees its own group as the root.
    static let container = """
        1094 1067 0:57 / / rw,relatime master:310 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B
        1101 1100 0:30 / /sys/fs/cgroup ro,nosuid,nodev,noexec,relatime - cgroup2 cgroup rw,nsdelegate,memory_recursiveprot

        """
    /// A server of version 1.
    static let perController = """
        34 24 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid,nodev,noexec,relatime shared:15 - cgroup cgroup rw,cpu,cpuacct
        36 24 0:31 / /sys/fs/cgroup/memory rw,nosuid,nodev,noexec,relatime shared:17 - cgroup cgroup rw,memory
        41 24 0:36 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw

        """
    /// A Docker container on such a server: the groups have the names that they have outside.
    static let oldContainer = """
        733 732 0:29 /docker/0123abc /sys/fs/cgroup/cpu,cpuacct ro,nosuid,nodev,noexec,relatime master:15 - cgroup cgroup rw,cpu,cpuacct
        735 732 0:31 /docker/0123abc /sys/fs/cgroup/memory ro,nosuid,nodev,noexec,relatime master:17 - cgroup cgroup rw,memory

        """
    /// A place whose name has a blank.
    static let blank = #"35 25 0:30 / /mnt/control\040groups rw shared:9 - cgroup2 cgroup2 rw"#
}
