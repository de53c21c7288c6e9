using System.Globalization;
using CsCheck;
using Recoup.Intake;

namespace Recoup.Grains.Tests.Intake;

/// <summary>The numbers are the networks' published test numbers.</summary>
[TestClass]
public sealed class CardNumbersTests
{
    [TestMethod]
    [DataRow("4242424242424242")]
    [DataRow("4242 4242 4242 4242")]
    [DataRow("4242-4242-4242-4242")]
    [DataRow("card 5555555555554444, please")]
    [DataRow("card_378282246310005")]
    [DataRow("6011111111111117")]
    [DataRow("3530111333300000")]
    [DataRow("30569309025904")]
    [DataRow("6200000000000005")]
    [DataRow("2223003122003222")]
    [DataRow("17 4242424242424242 12")]
    [DataRow("4242\u00A04242\u20114242 4242")]
    [DataRow("\uFF14242424242424242")]
    public void Contains_CardNumber_IsFound(string text) => Assert.IsTrue(CardNumbers.Contains(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("4242424242424241", DisplayName = "fails the Luhn check")]
    [DataRow("x4242424242424242", DisplayName = "a letter before it")]
    [DataRow("4242424242424242b", DisplayName = "a letter behind it")]
    [DataRow("4242  4242  4242  4242", DisplayName = "two blanks")]
    [DataRow("9999999999999995", DisplayName = "no network issues it")]
    [DataRow("424242424242", DisplayName = "too short")]
    [DataRow("42424242424242424242424242424242", DisplayName = "too long")]
    [DataRow("pay_4J8M0C4242ZQ")]
    public void Contains_AnythingElse_IsNotFound(string text) => Assert.IsFalse(CardNumbers.Contains(text));

    [TestMethod]
    public void Remove_NumberInText_LeavesTheRest() =>
        Assert.AreEqual("pay with [card number removed] or [card number removed].", CardNumbers.Remove("pay with 4242-4242-4242-4242 or 378282246310005."));

    [TestMethod]
    public void Remove_AnyText_LeavesNoNumber()
    {
        var numbers = Gen.OneOf(Gen.Const("4242424242424242"), Gen.Const("4242 4242 4242 4242"), Gen.Const("3782-822463-10005"));
        var piece = Gen.OneOf(numbers, Gen.Char["0123456789 -_a"].Select(c => c.ToString(CultureInfo.InvariantCulture)));
        piece.Array[0, 20].Select(string.Concat).Sample(text => !CardNumbers.Contains(CardNumbers.Remove(text)));
    }
}
