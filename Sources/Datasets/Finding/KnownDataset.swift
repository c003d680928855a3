/// A data set that is known by name: the checksums of its files, and where they are published.
package struct KnownDataset: Sendable {
    /// As configs and commands say it; also the name of its folder.
    package let name: String

    /// One line for lists.
    package let title: String

    /// What the labels stand for.
    package let classNames: [String]

    /// SHA-256 of each decompressed file.
    package let fingerprints: [DataFile: String]

    /// Bytes of each decompressed file, beyond which nothing is fetched or decompressed.
    package let sizes: [DataFile: Int]

    /// Addresses of folders that hold the four `.gz` files, tried in turn.
    package let mirrors: [String]

    /// The folder that torchvision makes for it.
    package let torchvisionFolder: String

    /// The Debian package that installs it.
    package let debianPackage: String?

    /// Whether it is made here instead of found; its checksums then prove that this machine draws as others do.
    package var isMade: Bool { name == SyntheticDigits.name }

    /// Every known set, in the order of lists.
    package static let all = [mnist, fashionMNIST, syntheticDigits]

    /// The set of that name, or nil.
    package static func named(_ name: String) -> KnownDataset? {
        all.first { $0.name == name }
    }

    /// A set of one's own, as tests fetch it.
    package init(
        name: String, title: String, classNames: [String], fingerprints: [DataFile: String] = [:],
        sizes: [DataFile: Int] = [:], mirrors: [String] = [], torchvisionFolder: String = "",
        debianPackage: String? = nil
    ) {
        self.name = name
        self.title = title
        self.classNames = classNames
        self.fingerprints = fingerprints
        self.sizes = sizes
        self.mirrors = mirrors
        self.torchvisionFolder = torchvisionFolder
        self.debianPackage = debianPackage
    }
}

extension KnownDataset {
    private static let digits = (0..<10).map { "\($0)" }

    private static let mnistSizes: [DataFile: Int] = [
        .trainingImages: 16 + 60_000 * 784, .trainingLabels: 8 + 60_000,
        .testImages: 16 + 10_000 * 784, .testLabels: 8 + 10_000,
    ]

    /// The handwritten digits of LeCun, Cortes and Burges.
    package static let mnist = KnownDataset(
        name: "mnist", title: "handwritten digits, 28 × 28, 10 classes", classNames: digits,
        fingerprints: [
            .trainingImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            .trainingLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            .testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            .testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ],
        sizes: mnistSizes,
        mirrors: [
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "https://storage.googleapis.com/cvdf-datasets/mnist/",
            "https://raw.githubusercontent.com/fgnt/mnist/master/",
        ],
        torchvisionFolder: "MNIST")

    /// Zalando's clothes, made to take MNIST's place.
    package static let fashionMNIST = KnownDataset(
        name: "fashion-mnist", title: "pieces of clothing, 28 × 28, 10 classes",
        classNames: [
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
        ],
        fingerprints: [
            .trainingImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            .trainingLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            .testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            .testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        ],
        sizes: mnistSizes,
        mirrors: [
            "https://storage.googleapis.com/tensorflow/tf-keras-datasets/",
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        ],
        torchvisionFolder: "FashionMNIST", debianPackage: "dataset-fashion-mnist")

    /// The set that is drawn here.
    package static let syntheticDigits = KnownDataset(
        name: SyntheticDigits.name, title: "digits drawn by this program, 28 × 28, 10 classes; needs no files",
        classNames: digits,
        fingerprints: [
            .trainingImages: "3192b91d8fee2b2b961212a79a7c2a50af09981d6a84e5106039c028ccb988fb",
            .trainingLabels: "b20ca0cc6fdf103a72a1d2a960cdbc649d0c9c857c6627db1b56e48e48a7cc21",
            .testImages: "ab639e287046586bfded34a34736e23c2cad7d0811ff56417f837ea1df8e0d8e",
            .testLabels: "0b2f2c7a6c12ab9b569231c425e33c9ebac2fc96d344156a5b08c94c2b8e1471",
        ],
        sizes: mnistSizes)
}
