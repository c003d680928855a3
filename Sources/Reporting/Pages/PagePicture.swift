import Foundation

/// A picture that was drawn before: its file becomes a part of the page, as an image, which runs and loads nothing.
package struct PagePicture: Sendable {
    /// The bytes of an SVG file.
    package var svg: [UInt8]
    /// What a screen reader says in its place.
    package var alt: String
    package var caption: HTML

    package init(svg: [UInt8], alt: String, caption: HTML = "") {
        self.svg = svg
        self.alt = alt
        self.caption = caption
    }

    var html: HTML {
        let source = "data:image/svg+xml;base64,\(Data(svg).base64EncodedString())"
        let below: HTML = caption == "" ? "" : "<figcaption>\(caption)</figcaption>"
        return """
            <figure><img src="\(source)" alt="\(alt)">\(below)</figure>

            """
    }
}
