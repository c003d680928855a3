/// The control groups that a process belongs to, as Linux describes them in text files.
///
/// A group is limited by its own files and by those of all groups around it. Version 1 has a hierarchy for each controller,
/// version 2 one for all; a machine may have both. What counts is the smallest limit between the process's own group and
/// the outermost one that can be seen.
struct ControlGroups {
    /// Where groups of version 2 are mounted, and of version 1 by controller.
    private var mounts: [Mount] = []
    /// The process's group in version 2, and in version 1 by controller.
    private var unified: String?
    private var groups: [String: String] = [:]

    private struct Mount {
        let point: String
        /// What of the hierarchy is mounted there.
        let root: String
        /// Nil for version 2.
        let controllers: [Substring]?
    }

    /// - Parameters:
    ///   - membership: the content of `/proc/self/cgroup`.
    ///   - mountInfo: the content of `/proc/self/mountinfo`.
    init(membership: String, mountInfo: String) {
        for line in membership.split(separator: "\n") {
            // 4:cpu,cpuacct:/user.slice, or 0::/user.slice in version 2
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[0] == "0", fields[1].isEmpty { unified = String(fields[2]) }
            for controller in fields[1].split(separator: ",") { groups[String(controller)] = String(fields[2]) }
        }
        mounts = mountInfo.split(separator: "\n").compactMap(Self.mount)
    }

    private static func mount(_ line: Substring) -> Mount? {
        // 31 23 0:28 /root /mount/point rw,relatime shared:9 - cgroup cgroup rw,memory
        let fields = line.split(separator: " ")
        guard fields.count > 4, let dash = fields.dropFirst(6).firstIndex(of: "-"), fields.count > dash + 3 else {
            return nil
        }
        let point = unescaped(fields[4])
        let root = unescaped(fields[3])
        switch fields[dash + 1] {
        case "cgroup2": return Mount(point: point, root: root, controllers: nil)
        case "cgroup": return Mount(point: point, root: root, controllers: fields[dash + 3].split(separator: ","))
        default: return nil
        }
    }

    /// Folders with the files of a controller of version 1: the process's group, then those around it.
    func folders(of controller: String) -> [String] {
        guard let group = groups[controller] else { return [] }
        return mounts.filter { $0.controllers?.contains(Substring(controller)) ?? false }
            .flatMap { Self.chain(from: group, in: $0) }
    }

    /// Folders with the files of version 2: the process's group, then those around it.
    var unifiedFolders: [String] {
        guard let unified else { return [] }
        return mounts.filter { $0.controllers == nil }.flatMap { Self.chain(from: unified, in: $0) }
    }

    private static func chain(from group: String, in mount: Mount) -> [String] {
        var steps = group.split(separator: "/")
        let root = mount.root.split(separator: "/")
        // A container may see its group under the name that it has outside, or the mount as something above its own root:
        // then only what is mounted is known to be around it.
        steps = steps.starts(with: root) ? Array(steps.dropFirst(root.count)) : []
        if steps.contains("..") { steps = [] }
        let point = mount.point == "/" ? "" : mount.point
        return (0...steps.count).reversed().map { count in
            ([Substring(point)] + steps.prefix(count)).joined(separator: "/")
        }
    }

    /// A path in which the kernel has written blanks and the like as three octal digits: `\040`.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let value = UInt8(String(Substring(digits)), radix: 8) {
                bytes.append(value)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
