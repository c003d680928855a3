import Testing

@testable import Datasets

/// Small files that Pillow 13 wrote, with its choice of filters and zlib's of blocks, and what they must show.
struct RealPNG: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let picture: Picture

    private init(
        _ name: String, width: Int, height: Int, channels: Int, _ hexadecimal: String, pixel: (Int, Int) -> [Int]
    ) {
        testDescription = name
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        let pixels = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
        picture = Picture(
            height: height, width: width, channels: channels, pixels: pixels.map { UInt8(truncatingIfNeeded: $0) })
    }

    static let all = [
        RealPNG(
            "RGB, Sub and Paeth, a dynamic block", width: 16, height: 12, channels: 3,
            """
            89504e470d0a1a0a0000000d49484452000000100000000c0802000000e485aad60000011e4944415478da8dcd314bc3401c40f17f5f
            af342117eec2dd7177248148036648270ba52088835327077174eef7ff020e62096a4178eb8fb71291f54acab5988d84adb4a5dc5572
            5fcbdec8432327274f415ea29cb3bcb6f2de8b6223ac146bc5e65f29cc1728d8146c0bca82aaa02e307fa7c857a0d96a4a4da5a93546
            d3689c2668a226ebd7acc95ab15b024b69a92cb5c5581a8bb3044bb4644b6bd959c5fe07f0549eda633c8dc77982277ab267efe9bde2
            f81b24ea8449340997088963221f68137d523cff093a4cc77377721d612676e48eb6a3ef14e705382fc14033e026c2401cc803ed403f
            28de6e1d069a11371246e2481e791be947c5c72d30d18cb8898f89389127da89fe51715980cb15ccdf8789301367f28176a69f3f014b
            f51ec8d965f6940000000049454e44ae426082
            """
        ) { x, y in [x * x * 3 + y * 2, y * y * 5 + x * x, x * y * 4] },
        RealPNG(
            "RGBA", width: 8, height: 8, channels: 4,
            """
            89504e470d0a1a0a0000000d4948445200000008000000080806000000c40fbe8b000000394944415478da85ca210e00200c04c12501
            833983c1d4f0ff3fa2489a8682183705c050aa6202d4323ef49b1814ddc2f0b2308f573090fdc2da0f41082f7bcf31d1000000004945
            4e44ae426082
            """
        ) { x, y in [x * 30, y * 30, (x + y) * 15, x * y * 5] },
        RealPNG(
            "palette of four bits with opacities", width: 9, height: 5, channels: 4,
            """
            89504e470d0a1a0a0000000d4948445200000009000000050403000000657ddb580000001b504c544500ff001ce30738c70e54ab1570
            8f1c8c7323a8572ac43b31e01f38e9e136cc0000000374524e530032645dd935ee0000002549444154789c05c1c10900200c04302a5d
            e2c4876462e9c42655c842de22735bc6e90cfb033ff404c0608fc7150000000049454e44ae426082
            """
        ) { x, y in
            let color = (x + y * 2) % 9
            return [color * 28, 255 - color * 28, color * 7, color < 3 ? color * 50 : 255]
        },
        RealPNG(
            "grey of sixteen bits, a fixed block", width: 6, height: 4, channels: 1,
            """
            89504e470d0a1a0a0000000d4948445200000006000000041000000000d8ffcddc0000002349444154789c6364605017804116ee1ddc
            0210c823c0c2b383470002b97720717804008f9e05b38c5ca5330000000049454e44ae426082
            """
        ) { x, y in [Int((Double(x * 10_000 + y * 3000) / 257).rounded())] },
        RealPNG(
            "grey and opacity", width: 5, height: 4, channels: 2,
            """
            89504e470d0a1a0a0000000d4948445200000005000000040804000000ec3a3dcb0000001549444154789c6364603082421686000628
            c0ce040031d001c6fc8dc3720000000049454e44ae426082
            """
        ) { x, y in [x * 50, y * 80] },
        RealPNG(
            "one bit", width: 11, height: 6, channels: 1,
            """
            89504e470d0a1a0a0000000d494844520000000b0000000601000000003d4959550000001349444154789c63606060f0546054896180
            31000d7401d5aa5b91c90000000049454e44ae426082
            """
        ) { x, y in [x * y % 3 == 1 ? 255 : 0] },
    ]
}
