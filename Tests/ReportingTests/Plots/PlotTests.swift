import Foundation
import Testing

@testable import Reporting

@Suite struct PlotTests {
    private static let nasty =
        "a <b> & \"c\" 'd' \u{1B}[31m \u{0} \u{7F} \u{202E} \u{FFFE} " + String(repeating: "long ", count: 100)

    /// Every kind of panel with values that nobody wants.
    static func plots(name: String, values: [Double]) -> [Plot] {
        let indices = values.indices.map(Double.init)
        let few = Array(values.prefix(30))
        let series = Chart.Series(name, x: indices, y: values, low: values, high: values.map { $0 + 1 })
        var points = series
        points.mark = .points(radius: 2)
        let names = few.map { _ in name }
        let panels: [any PlotPanel] = [
            Chart(name, x: Axis(name), y: Axis(name), [series, points]),
            Chart(
                name, x: Axis(scale: .logarithmic), y: Axis(scale: .logarithmic), [series],
                annotations: [.init(name, x: 1, y: 1)]),
            Chart(name, x: Axis(scale: .categories(names)), y: Axis(range: 0...1), [series]),
            BarChart(name, categories: names, [.init(name, few, low: few, high: few), .init(name, [])]),
            BarChart(name, categories: names, [.init(name, few)], isHorizontal: true) { "\($0)" },
            HeatMap(name, rows: .init(name, names), columns: .init(name, [name, name]), values: few.map { [$0] }),
            HeatMap(
                rows: .init("", names), columns: .init("", names), values: [few], diagonalStandsApart: true,
                isSquare: true),
            ImageGrid(
                name,
                few.map {
                    .init(
                        PixelImage(width: 1, height: 1, values: [$0], in: 0...1, ramp: .viridis), caption: name,
                        tip: name)
                }),
            ParallelCoordinates(
                name,
                [
                    .init(name, axis: Axis(), values: few),
                    .init(name, axis: Axis(scale: .categories(names)), values: indices),
                    .init(name, axis: Axis(), values: few),
                ]),
        ]
        return panels.map { Plot(name, subtitle: name, [$0, $0], notes: [name]) } + [
            Plot(name, [panels[0]]), Plot(name, []),
        ]
    }

    @Test(
        arguments: ["", "run", nasty],
        [
            [], [1], [.nan], [.infinity, 1, -.infinity], [0.1, 0.1, 0.1], [1, .nan, 2, 3],
            [1e308, -1e308, .leastNonzeroMagnitude],
            Array(repeating: 0, count: 200),
        ] as [[Double]])
    func `any names and values give well-formed pictures`(name: String, values: [Double]) throws {
        for plot in Self.plots(name: name, values: values) {
            let svg = plot.svg
            #expect(isWellFormed(svg))
            #expect(!svg.contains("\u{1B}") && !svg.contains("nan") && !svg.contains("inf"))
            let drawing = plot.drawing
            #expect(drawing.height > 0 && drawing.height < 10_000)
            for options in [TextOptions(), TextOptions(style: .colored), TextOptions(isASCII: true)] {
                let lines = plot.lines(width: 60, options: options)
                for line in lines { #expect(displayWidth(withoutColors(line)) <= 60) }
                if options.isASCII { #expect(lines.allSatisfy { $0.utf8.allSatisfy { 0x20..<0x7F ~= $0 } }) }
            }
        }
    }

    @Test func `a picture is a PNG file in either theme`() {
        let plot = Self.plots(name: "run", values: [1, 3, 2])[0]
        let files = Theme.allCases.map { plot.png(theme: $0, scale: 1) }
        for file in files { #expect(file.starts(with: [0x89, 0x50, 0x4E, 0x47])) }
        #expect(files[0] != files[1])
        #expect(plot.png(scale: 1) == files[0])
    }

    @Test func `the same values give the same bytes`() {
        let bytes = (0..<3).map { _ in Self.plots(name: "run", values: [1, .nan, 2, 3]).map(\.svg) }
        #expect(bytes[0] == bytes[1] && bytes[1] == bytes[2])
    }

    @Test func `200,000 values make a small file`() {
        let values = (0..<200_000).map { Double($0 % 1000) }
        let chart = Chart(x: Axis(), y: Axis(), [.init("many", x: values.indices.map(Double.init), y: values)])
        #expect(Plot("", [chart]).svg.utf8.count < 40_000)
    }

    @Test func `thinning keeps the extremes of every column`() {
        let line = (0..<50_000).map { Drawing.Point(Double($0) / 100, $0 == 33_333 ? -7 : Double($0 % 50)) }
        let kept = thinned(line)
        #expect(kept.contains(line[33_333]))
        #expect(kept.count <= 4 * 501)
        #expect(kept.first == line.first && kept.last == line.last)
        #expect(kept.count { $0.y == 49 } >= 500)
    }

    @Test func `gaps are left where values are not finite, and a note says so`() {
        let chart = Chart(
            "loss", x: Axis(), y: Axis(), [.init("a", x: [0, 1, 2, 3, 4], y: [1, 2, .nan, 3, .infinity])])
        #expect(chart.notes == ["loss: 2 values are not finite and left out."])
        let pale = Chart.Series("", x: [0, 1], y: [1, .nan], paint: .faint, isSecondary: true)
        let smoothed = Chart("loss", x: Axis(), y: Axis(), [pale, .init("a", x: [0, 1], y: [1, .nan])])
        #expect(smoothed.notes == ["loss: 1 value is not finite and left out."])
        #expect(runs([.init(0, 0), nil, .init(1, 1), .init(2, 2), nil]).map(\.count) == [1, 2])
    }

    @Test func `names stand at the ends of lines only where they do not collide`() {
        func chart(_ gap: Double) -> Chart {
            Chart(x: Axis(), y: Axis(), [.init("a", x: [0, 1], y: [0, 0]), .init("b", x: [0, 1], y: [1, gap])])
        }
        #expect(chart(1).hasRoomForEndLabels(width: 688))
        #expect(!chart(0.01).hasRoomForEndLabels(width: 688))
        #expect(!chart(1).hasRoomForEndLabels(width: 300))
    }

    @Test func `long names are cut in the middle and told in full`() {
        let name = "a-name-that-is-far-too-long-for-any-legend-of-the-world-and-ends-with-seed-17"
        let short = shortened(name, to: 150)
        #expect(roomFor(short) <= 150)
        #expect(short.hasPrefix("a-name") && short.hasSuffix("17") && short.contains("…"))
        let plot = Plot("", [Chart(x: Axis(), y: Axis(), [.init(name, x: [0], y: [1])])])
        #expect(plot.svg.contains("<title>\(name)</title>"))
    }

    @Test func `pictures of one page do not disturb each other`() {
        // A class means the same colour in each, and there are no ids.
        let rules = Self.plots(name: "run", values: [1, 3, 2]).flatMap { plot in
            plot.svg.split(separator: "<style>")[1].split(separator: "@media")[0].split(separator: "}").map(String.init)
        }
        let names = Dictionary(grouping: rules) { $0.split(separator: "{").first.map(String.init) ?? "" }
        #expect(names.allSatisfy { Set($0.value).count == 1 })
        #expect(Self.plots(name: "run", values: [1, 3, 2]).allSatisfy { !$0.svg.contains(" id=") })
    }

    @Test func `text can be read on every colour of a ramp`() {
        for ramp in [ColorRamp.blue, .orange, .viridis, .diverging] {
            for step in 0...48 {
                let share = Double(step) / 48
                for theme in Theme.allCases {
                    let (ground, ink) = (ramp.paint(share).color(in: theme), ramp.ink(on: share).color(in: theme))
                    let (light, dark) = (max(ground.luminance, ink.luminance), min(ground.luminance, ink.luminance))
                    #expect((light + 0.05) / (dark + 0.05) > 3)
                }
            }
        }
    }

    @Test func `a chart of characters shows its axes and its lines`() {
        let chart = Chart(
            "loss", x: Axis("epoch", isWhole: true, hasMargin: false), y: Axis(),
            [.init("training", x: [0, 1, 2], y: [3, 2, 1])])
        let plot = Plot("", [chart])
        let text = plot.text(width: 40, options: TextOptions(isASCII: true))
        #expect(text.contains("** training\nloss\n"))
        #expect(text.contains("\n2.0 +") && text.contains("\n1.5 +"))
        #expect(text.contains("epoch"))
        #expect(text.filter { $0 == "*" }.count > 12)
    }

    private static func level(_ name: String, _ y: Double, isSecondary: Bool = false) -> Chart.Series {
        Chart.Series(name, x: [0, 1], y: [y, y], paint: Palette.paint(Int(y)), isSecondary: isSecondary)
    }

    /// The letters of a chart's lines, from the top.
    private static func letters(_ lines: some Sequence<String>) -> [Character] {
        lines.compactMap { line in "*+ox#".first { letter in line.count { $0 == letter } > 6 } }
    }

    @Test func `letters of the legend are those of the lines, whatever accompanies these or is missing`() {
        let options = TextOptions(isASCII: true)
        let pale = { Self.level("", $0, isSecondary: true) }
        let both = Chart(x: Axis(), y: Axis(), [pale(2), Self.level("a", 2), pale(1), Self.level("b", 1)])
        let one = Chart(x: Axis(), y: Axis(), [pale(1), Self.level("b", 1), Self.level("", 0)])
        let lines = Plot("", [both, one], columns: 1).lines(width: 40, options: options)
        #expect(lines[0] == "** a   ++ b")
        #expect(Self.letters(lines.dropFirst()) == ["*", "+", "+", "o"])
        #expect(Self.letters(one.lines(width: 40, options: options)) == ["*", "+"])
    }

    @Test func `what is not drawn in characters is not in their legend`() {
        let chart = Chart(
            x: Axis(), y: Axis(), [Self.level("as sure as right", 1, isSecondary: true), Self.level("network", 0)])
        #expect(Plot("", [chart]).lines(width: 60)[0] == "── network")
        #expect(Plot("", [chart]).svg.contains("as sure as right"))
    }

    @Test func `without colours four lines differ by their dashes`() {
        let chart = Chart(
            x: Axis(), y: Axis(), zip(["a", "b", "c", "d"], [0.0, 1, 2, 3]).map { Self.level($0, $1) })
        #expect(Plot("", [chart]).lines(width: 60)[0] == "── a   ╌╌ b   ╴╴ c   ╴· d")
        let dashes = (0..<4).map { TextOptions().dashes($0, isDashed: false) }
        #expect(Set(dashes.map(\.dots)).count == 4 && Set(dashes.map(\.sample)).count == 4)
        let colored = TextOptions(style: .colored)
        #expect(Set((0..<4).map { colored.dashes($0, isDashed: false).dots }) == [[true]])
        #expect(colored.dashes(3, isDashed: true) == dashes[1])
    }

    @Test(arguments: [20, 40, 41])
    func `wide characters below an axis take their two columns`(width: Int) {
        let names = ["損失", "学習率学習率学習", "とても長い名前のクラス"]
        let chart = Chart(x: Axis(scale: .categories(names)), y: Axis(), [.init("", x: [0, 1, 2], y: [1, 2, 3])])
        let lines = chart.lines(width: width, options: TextOptions())
        #expect(lines.allSatisfy { displayWidth($0) <= width })
        #expect(lines.contains { $0.contains("損失") })
    }
}

/// Whether XML's own parser accepts a document: tags match, entities are known, no character is forbidden.
private func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for scalar in text.unicodeScalars {
        if scalar.value < 0x20, scalar != "\n" { return false }
        if scalar == "\u{FFFE}" || scalar == "\u{FFFF}" { return false }
    }
    for piece in text.split(separator: "<").map({ $0 }) {
        guard let end = piece.lastIndex(of: ">") else { return false }
        let tag = piece[..<end]
        if tag.filter({ $0 == "\"" }).count % 2 == 1 { return false }
        let rest = piece[piece.index(after: end)...]
        if rest.contains("&"),
            rest.split(separator: "&", omittingEmptySubsequences: false).dropFirst()
                .contains(where: { part in !["lt;", "gt;", "amp;", "quot;"].contains { part.hasPrefix($0) } })
        {
            return false
        }
        if tag.hasPrefix("/") {
            guard open.popLast() == tag.dropFirst() else { return false }
        } else if !tag.hasSuffix("/") {
            open.append(tag.prefix { $0 != " " })
        }
    }
    return open.isEmpty
}
