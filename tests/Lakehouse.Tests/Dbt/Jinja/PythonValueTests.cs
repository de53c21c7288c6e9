using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Context;

namespace Recoup.Lakehouse.Tests.Dbt.Jinja;

/// <summary>What Python's own values do at their edges; the outputs are those of Jinja 3.1.6 on Python 3.</summary>
[TestClass]
public sealed class PythonValueTests
{
    [TestMethod]
    [DataRow("{{ 123456789012345678901|float }} {{ 0.1 * 123456789012345678901 }} {{ 123456789012345678901 % 3.0 }}", "1.2345678901234568e+20 1.234567890123457e+19 1.0", DisplayName = "a large int becomes the nearest float")]
    [DataRow("{{ ''.find('', 1) }} {{ 'abc'.find('', 3) }} {{ 'abc'.find('', 2, 1) }} {{ 'abc'.count('', 4) }} {{ 'abc'.startswith('', 4) }} {{ 'abc'.find('c', -1) }}", "-1 3 -1 0 False 2", DisplayName = "nothing is found behind the end")]
    [DataRow("{{ '{:{}}|'.format('a', 3) }} {{ '{:{}.{}f}'.format(1.5, 6, 2) }}", "a  |   1.50", DisplayName = "fields in a specification are numbered after their field")]
    [DataRow("{{ 'ǆ'.title() }} {{ 'ǉ x'|title }} {{ 'აბ'.title() }}", "ǅ Ǉ X აბ", DisplayName = "title case that is no upper case")]
    public void Render_Edge_IsAsInPython(string template, string expected) => Assert.AreEqual(expected, Render(template));

    [TestMethod]
    public void Render_LetterOfSeveralCapitals_IsRefused() =>
        Assert.AreEqual(JinjaErrorKind.Unsupported, Assert.ThrowsExactly<JinjaException>(() => Render("{{ 'ᾳ'|upper }}")).Kind);

    private static string Render(string template) =>
        JinjaTemplate.Parse(template, "model.sql").Render(new(DbtBaseContext.Create(new DbtContextOptions { Clock = TimeProvider.System, Environment = _ => null })));
}
