// Files of published weights lie where data sets lie, and are never fetched.

extension DataSearch {
    /// Every place in which a file of published weights is looked for, itself or in a folder of its own; the first that has it
    /// wins.
    package var weightPlaces: [Place] {
        let roots: [(String?, String)] = [
            (option, "--data"),
            (environment["MNIST_LAB_DATA"], "$MNIST_LAB_DATA"),
            (projectData, "the project's data folder"),
            (cacheFolder, "the cache"),
            (kerasFolder + "/models", "Keras"),
        ]
        return roots.compactMap { given, reason in
            guard var root = given, !root.isEmpty else { return nil }
            while root.count > 1, root.hasSuffix("/") { root.removeLast() }
            return Place(folder: root, reason: reason)
        }
    }

    /// The first file of that name, in a place or in a folder there.
    package func findWeights(_ file: String, in folder: String) -> String? {
        weightPlaces.flatMap { ["\($0.folder)/\(file)", "\($0.folder)/\(folder)/\(file)"] }.first(where: isFile)
    }
}
