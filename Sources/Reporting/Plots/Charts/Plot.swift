/// A picture of one or more panels with their title, legend and notes: what is written to a file or shown on a terminal.
///
///     let loss = Chart.Series("training", x: epochs, y: losses)
///     let plot = Plot("Loss by epoch", [Chart(x: Axis("epoch", isWhole: true), y: Axis("loss"), [loss])])
///     try AtomicFile.write(plot.svg, to: "loss.svg")
///     print(plot.text(width: 80))
package struct Plot: Sendable {
    package var title: String
    package var subtitle: String
    package var panels: [any PlotPanel]
    /// How many panels stand beside each other.
    package var columns: Int
    package var width: Double
    /// What a reader should know besides; what panels cannot show is added.
    package var notes: [String]

    package init(
        _ title: String, subtitle: String = "", _ panels: [any PlotPanel], columns: Int = 2, width: Double = 720,
        notes: [String] = []
    ) {
        self.title = title
        self.subtitle = subtitle
        self.panels = panels
        self.columns = columns
        self.width = width
        self.notes = notes
    }

    package var svg: String { drawing.svg }

    package func png(theme: Theme = .light, scale: Double = 2) -> [UInt8] { drawing.png(theme: theme, scale: scale) }

    /// Keys of all panels, each once.
    var keys: [LegendKey] {
        var seen: Set<LegendKey> = []
        return panels.flatMap(\.keys).filter { !$0.name.isEmpty && seen.insert($0).inserted }
    }

    /// The notes of the picture and of its panels, each once.
    var allNotes: [String] {
        var seen: Set<String> = []
        return (notes + panels.flatMap(\.notes)).filter { seen.insert($0).inserted }
    }
}

/// A part of a picture with axes of its own.
package protocol PlotPanel: Sendable {
    /// Stands above the panel; it often names what the y axis shows.
    var title: String { get }

    /// What the picture's legend explains.
    var keys: [LegendKey] { get }

    /// What the panel cannot show.
    var notes: [String] { get }

    /// The height that suits a width, title excluded.
    func height(forWidth width: Double) -> Double

    func draw(in frame: Drawing.Box, on drawing: inout Drawing)

    /// The panel as lines of a terminal.
    func lines(width: Int, options: TextOptions) -> [String]
}

extension PlotPanel {
    package var keys: [LegendKey] { [] }
    package var notes: [String] { [] }
}
