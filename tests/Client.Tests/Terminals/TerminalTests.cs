using System.Text.Json;
using Recoup.Client.Terminals;
using Spectre.Console;

namespace Recoup.Client.Tests.Terminals;

[TestClass]
public sealed class TerminalTests
{
    [TestMethod]
    public void WriteJson_Document_IsAllThatIsOnStandardOutput()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = Terminal.Create(output, error, isJson: true);

        terminal.WriteJson(new { PaymentId = "pay_1" });
        terminal.WriteError("something else");

        Assert.IsFalse(terminal.IsLive);
        Assert.AreEqual("pay_1", JsonDocument.Parse(output.ToString()).RootElement.GetProperty("payment_id").GetString());
        Assert.AreEqual("something else", error.ToString().Trim());
    }

    [TestMethod]
    public void Screen_InAPipe_HasNoEscapeSequences()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = Terminal.Create(output, error, isJson: false);

        terminal.Screen.Write(Tables.Create("Head").AddRow(new Text("cell", new Style(Color.Red))));

        Assert.IsFalse(terminal.IsLive);
        StringAssert.Contains(output.ToString(), "cell");
        Assert.IsFalse(output.ToString().Contains('\u001b', StringComparison.Ordinal));
    }
}
