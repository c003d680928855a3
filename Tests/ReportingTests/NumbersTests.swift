import Reporting
import Testing

@Suite struct NumbersTests {
    @Test(
        arguments: [
            (0.98765, 4, "0.9877"), (0, 4, "0.0000"), (1, 0, "1"), (0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"),
            (0.125, 2, "0.12"), (-0.001, 2, "0.00"), (-1.005, 2, "-1.00"), (99.995, 2, "100.00"),
            (1e21, 1, "1000000000000000000000.0"),
            (.nan, 3, "nan"), (.infinity, 3, "inf"), (-.infinity, 3, "-inf"), (1, -3, "1"),
        ] as [(Double, Int, String)])
    func `fixed digits are rounded from the exact value`(value: Double, digits: Int, text: String) {
        #expect(fixed(value, digits: digits) == text)
    }

    @Test func `the largest number fits`() {
        #expect(fixed(.greatestFiniteMagnitude, digits: 1000).count == 309 + 1 + 100)
    }

    @Test(
        arguments: [
            (0.0913, "0.0913"), (2.30258, "2.3026"), (0, "0.0000"), (0.00042, "0.00042"), (1e-7, "1e-07"),
            (123_456, "1.23e+05"), (-0.5, "-0.5000"), (.nan, "nan"), (.infinity, "inf"),
        ] as [(Double, String)])
    func `a metric has four digits while they say something`(value: Double, text: String) {
        #expect(metric(value) == text)
    }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1000, "1,000"), (34_826, "34,826"), (-1_234_567, "-1,234,567"), (-100, "-100"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func `counts are grouped by thousands`(count: Int, text: String) {
        #expect(grouped(count) == text)
    }

    @Test(arguments: [
        (0, "0 B"), (12, "12 B"), (999, "999 B"), (1000, "1.0 kB"), (1300, "1.3 kB"), (34_826, "34.8 kB"),
        (999_949, "999.9 kB"), (999_951, "1.0 MB"), (1_300_000, "1.3 MB"), (140_000_000_000, "140.0 GB"),
        (Int.max, "9.2 EB"), (-2000, "-2.0 kB"),
    ])
    func `sizes keep one to three digits before the point`(bytes: Int, text: String) {
        #expect(byteSize(bytes) == text)
    }

    @Test func `shares are percentages and rates are significant`() {
        #expect(percent(0.97944) == "97.94 %")
        #expect(percent(1, digits: 0) == "100 %")
        #expect(significant(0.001, digits: 4) == "0.001")
        #expect(significant(1e-5, digits: 4) == "1e-05")
        #expect(scaled(.nan, unit: "FLOP") == "nan FLOP")
    }

    @Test(
        arguments: [
            (0, "0 ms"), (0.0004, "0.4 ms"), (0.0834, "83 ms"), (0.0996, "100 ms"), (0.9994, "999 ms"),
            (0.9996, "1.0 s"),
            (12.34, "12.3 s"), (59.94, "59.9 s"), (59.96, "1 min 00 s"), (245, "4 min 05 s"), (3599.6, "1 h 00 min"),
            (7620, "2 h 07 min"), (86_399, "1 d 00 h"), (273_600, "3 d 04 h"), (-1, "0 ms"), (.infinity, "unknown"),
            (.nan, "unknown"), (1e300, "unknown"),
        ] as [(Double, String)])
    func `durations have one or two units`(seconds: Double, text: String) {
        #expect(duration(seconds) == text)
    }

    @Test(
        arguments: [
            (0, "0:00"), (6.6, "0:07"), (59.6, "1:00"), (765, "12:45"), (3723, "1:02:03"), (359_999, "99:59:59"),
            (360_000, "4d 04h"), (-5, "0:00"), (.infinity, "-:--"), (.nan, "-:--"),
        ] as [(Double, String)])
    func `what is left reads as a clock`(seconds: Double, text: String) {
        #expect(clock(seconds) == text)
    }

}
