using Recoup.Client.Quarantine;

namespace Recoup.Client.Tests.Quarantine;

[TestClass]
public sealed class RawRecordTests
{
    [TestMethod]
    public void ToLines_ControlCharacters_AreSpelledOut() =>
        Assert.AreEqual("a\\u001b[31mb\\u200b\nc", RawRecord.Of("a\u001b[31mb\u200b\nc"u8.ToArray()).ToLines());

    [TestMethod]
    public void ToLines_BytesThatAreNoText_AreHexadecimal() =>
        Assert.AreEqual("ff fe 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d\n0e", RawRecord.Of([0xff, 0xfe, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]).ToLines());

    [TestMethod]
    public void Of_NothingAndEmpty_AreTwoThings() =>
        Assert.AreEqual(("tombstone", "utf-8"), (RawRecord.Of(null).Encoding, RawRecord.Of([]).Encoding));
}
