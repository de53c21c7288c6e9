using System.Numerics;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Tests.Dbt.Context;

/// <summary>What templates see of an answer: dbt's tables have ints, Decimals, dates, truth values and texts.</summary>
[TestClass]
public sealed class QueryTableTests
{
    private static readonly WarehouseRows Answer = new(
        [new("n", "BIGINT"), new("amount", "DECIMAL(10,2)"), new("share", "DOUBLE"), new("day", "DATE"), new("at", "TIMESTAMP"), new("ok", "BOOLEAN"), new("raw", "BLOB"), new("tags", "VARCHAR[]")],
        [
            [3L, 1.50m, 2.5, new DateOnly(2024, 1, 1), new DateTime(2024, 1, 1, 10, 0, 0, DateTimeKind.Unspecified), true, new byte[] { 97, 0 }, new List<string?> { "a", null }],
            [null, -0.05m, 1e16, null, new DateTime(2024, 1, 1, 10, 0, 0, 123, DateTimeKind.Unspecified), false, null, null],
        ]);

    [TestMethod]
    [DataRow("{{ t.rows[0]['n'] + 1 }}", "4", DisplayName = "a whole number is an int")]
    [DataRow("{{ t.rows[0]['amount'] }} {{ t.rows[1]['amount'] }}", "1.50 -0.05", DisplayName = "a decimal keeps its digits")]
    [DataRow("{{ t.columns['amount'].values() }}", "(Decimal('1.50'), Decimal('-0.05'))", DisplayName = "within a tuple it is written as Python does")]
    [DataRow("{{ t.columns['share'].values() }}", "(Decimal('2.5'), Decimal('1E+16'))", DisplayName = "a double is a Decimal too")]
    [DataRow("{{ t.rows[0]['day'] }} {{ t.rows[0]['day'].year }} {{ [t.rows[0]['day']] }}", "2024-01-01 2024 [datetime.date(2024, 1, 1)]", DisplayName = "dates")]
    [DataRow("{{ t.rows[0]['at'] }} {{ t.rows[1]['at'] }} {{ [t.rows[0]['at']] }}", "2024-01-01 10:00:00 2024-01-01 10:00:00.123000 [datetime.datetime(2024, 1, 1, 10, 0)]", DisplayName = "timestamps")]
    [DataRow("{{ t.rows[0]['at'].strftime('%Y/%m') }}", "2024/01", DisplayName = "timestamps are formatted")]
    [DataRow("{{ t.columns['ok'].values() }} {{ t.columns['day'].values() }}", "(True, False) (datetime.date(2024, 1, 1), None)", DisplayName = "truth values and NULL")]
    [DataRow("{{ t.rows[0]['raw'] }} {{ t.rows[0]['tags'] }}", "b'a\\x00' [\"a\", null]", DisplayName = "bytes and lists are text")]
    [DataRow("{{ t.columns['n'].values_without_nulls_sorted() }} {{ t.rows[0].get('x', 7) }}", "[3] 7", DisplayName = "sorted values, a name that is not there")]
    [DataRow("{{ t.rows[1] }}", "<agate.Row: (None, Decimal('-0.05'), Decimal('1E+16'), None, datetime.datetime(2024, 1, 1, 10, 0, 0, 123000), ...)>", DisplayName = "a row prints its first five values")]
    public void Render_Cell_IsTheValueOfDbtsTable(string template, string expected) => Assert.AreEqual(expected, Render(template));

    [TestMethod]
    [DataRow("{{ a * 2 }} {{ a + 1 }} {{ 1 - a }} {{ a / 4 }} {{ a // 1 }} {{ a % 1 }} {{ -a }}", "3.00 2.50 -0.50 0.375 1 0.50 -1.50", DisplayName = "operators")]
    [DataRow("{{ a / 7 }} {{ 2 / a }} {{ -7 // a }} {{ -7 % a }}", "0.2142857142857142857142857143 1.333333333333333333333333333 -4 -1.00", DisplayName = "28 digits; quotients are cut")]
    [DataRow("{{ a == 1.5 }} {{ a > 1 }} {{ a < 1.4 }} {{ a in [1.5] }} {{ {1.5: 'x'}[a] }}", "True True False True x", DisplayName = "comparisons")]
    [DataRow("{{ a|int }} {{ a|float }} {{ a|round }} {{ 2 * a|round(1) }} {{ (a + 1)|round }} {{ a|abs }} {{ a|string ~ '!' }} {{ [a, a]|sum }}", "1 1.5 2 3.0 2 1.50 1.50! 3.00", DisplayName = "filters; halves go to the even neighbour")]
    [DataRow("{{ '%.1f' % a }} {{ '%d' % a }} {{ '{:.3f}'.format(a) }} {{ '{:,.2f}'.format(a * 1000) }} {{ '{:>8.2f}'.format(a) }}", "1.5 1 1.500 1,500.00     1.50", DisplayName = "formats")]
    [DataRow("{{ a is number }} {{ a is float }} {{ a is integer }} {{ 'y' if a - a else 'n' }} {{ [a, 1, a + a]|max }} {{ [2, a]|sort }}", "True False False n 3.00 [Decimal('1.50'), 2]", DisplayName = "tests, truth and order")]
    public void Render_Decimal_IsComputedWithAsPythonDoes(string template, string expected) => Assert.AreEqual(expected, Render("{% set a = t.rows[0]['amount'] %}" + template));

    [TestMethod]
    [DataRow("{{ t.rows[0]['amount'] * 1.5 }}", "unsupported operand type(s) for *: 'decimal.Decimal' and 'float'", DisplayName = "a float is no partner")]
    [DataRow("{{ t.rows[0]['amount'] / 0 }}", "[<class 'decimal.DivisionByZero'>]", DisplayName = "zero")]
    [DataRow("{{ tojson(t.rows[0]['amount']) }}", "Object of type Decimal is not JSON serializable", DisplayName = "JSON")]
    [DataRow("{{ t.rows[0]['amount'].quantize(1) }}", "'quantize' of a Decimal", DisplayName = "what is not read is refused by name")]
    [DataRow("{{ t }}", "printing a table of a query", DisplayName = "a table as a whole")]
    public void Render_WhatPythonRefusesOrThisDoes_Fails(string template, string message) =>
        Assert.Contains(message, Assert.ThrowsExactly<JinjaException>(() => Render(template)).Message);

    [TestMethod]
    public void Of_WhatIsNotKnown_IsRefusedByItsType() =>
        Assert.Contains("INTERVAL", Assert.ThrowsExactly<JinjaException>(() => QueryValue.Of(TimeSpan.FromDays(1), "INTERVAL")).Message);

    [TestMethod]
    public void Of_SumBeyondLong_IsAnInt() => Assert.AreEqual(BigInteger.Pow(10, 20), QueryValue.Of(BigInteger.Pow(10, 20), "HUGEINT"));

    private static string Render(string template)
    {
        var context = DbtBaseContext.Create(new DbtContextOptions { Clock = TimeProvider.System, Environment = _ => null });
        context["t"] = new QueryTable(Answer);
        return JinjaTemplate.Parse(template, "model.sql").Render(new(context));
    }
}
