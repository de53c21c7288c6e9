using System.Text.RegularExpressions;
using Recoup.Client.Quarantine;

namespace Recoup.Client.Tests.Quarantine;

[TestClass]
public sealed partial class ReasonWordsTests
{
    /// <summary>Every reason that a script can give is one that the console explains.</summary>
    [TestMethod]
    public void Explain_EveryReasonOfTheScripts_IsKnown()
    {
        var reasons = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "flink"), "*.sql")
            .SelectMany(path => Reason().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value)).Distinct().ToList();

        Assert.IsGreaterThan(50, reasons.Count);
        Assert.IsEmpty(reasons.Where(reason => ReasonWords.Explain(reason).Wrong.Contains("does not know", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("missing_created_at", "2026-11-24T09:30:00.123Z")]
    [DataRow("invalid_card_country", "ISO 3166")]
    [DataRow("invalid_amount_minor", "4999")]
    [DataRow("invalid_is_final", "true or false")]
    public void Explain_AColumn_SaysItsForm(string reason, string right) => StringAssert.Contains(ReasonWords.Explain(reason).Right, right);

    [GeneratedRegex("THEN '((missing|invalid|unknown|amount|unsupported|card|malformed)_[a-z_]+)'")]
    private static partial Regex Reason();
}
