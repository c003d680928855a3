import Schema
import Testing

@Suite struct JSONTests {
    @Test func `values are equal wherever they stand`() throws {
        let a = try JSON(parsing: "{\"a\": [1, 2.5, null]}")
        let b = try JSON(parsing: "\n\n  { \"a\" :\n[1,2.5,null] }")
        #expect(a == b)
        #expect(a.position != b.position)
        #expect(a == ["a": [1, 2.5, nil]])
    }

    @Test(
        arguments: [
            (["a": 1], ["a": 2]), (["a": 1], ["b": 1]), (["a": 1, "b": 2], ["b": 2, "a": 1]), ([1, 2], [1]),
            (nil, false),
            ("1", 1), (["a": nil], [:]),
        ] as [(JSON, JSON)])
    func `values that say something else differ`(a: JSON, b: JSON) {
        #expect(a != b)
    }

    @Test func `whole numbers and numbers with a fraction differ`() throws {
        #expect(try JSON(parsing: "1") != JSON(parsing: "1.0"))
        #expect(try JSON(parsing: "1").content == .integer(1))
        #expect(try JSON(parsing: "1e2").content == .number(100))
        #expect(try JSON(parsing: "9223372036854775807").content == .integer(.max))
        #expect(try JSON(parsing: "9223372036854775808").content == .number(0x1p63))
    }

    @Test func `objects keep the order of their keys and can be changed by key`() {
        var json: JSON = ["z": 1, "a": 2]
        json["m"] = 3
        json["z"] = "one"
        json["a"] = nil
        #expect(json.compact == #"{"z":"one","m":3}"#)
        #expect(json["a"] == nil)
        #expect(json["z"]?.text == "one")
        #expect(json[0] == nil)
    }

    @Test func `elements are found by index and nowhere else`() {
        let json: JSON = [1, 2]
        #expect(json[1] == 2)
        #expect(json[2] == nil)
        #expect(json[-1] == nil)
        #expect(json["a"] == nil)
    }

    @Test func `values and keys know their line and column`() throws {
        let json = try JSON(parsing: "{\n  \"ä\": 1, \"b\": [true,\n    null]\n}")
        let members = try #require(json.members)
        #expect(json.position == Position(line: 1, column: 1))
        #expect(members[0].keyPosition == Position(line: 2, column: 3))
        #expect(members[0].value.position == Position(line: 2, column: 8))
        #expect(members[1].keyPosition == Position(line: 2, column: 11))
        #expect(members[1].value[1]?.position == Position(line: 3, column: 5))
    }

    @Test func `what is moved to a place stands there with all its parts`() throws {
        let place = Position(line: 7, column: 7)
        let moved = try JSON(parsing: #"{"a": [1, {"b": 2}]}"#).moved(to: place)
        #expect(moved == ["a": [1, ["b": 2]]])
        #expect(moved.members?[0].keyPosition == place)
        #expect(moved["a"]?[1]?["b"]?.position == place)
    }
}
