using System.Globalization;
using DuckDB.NET.Data;

namespace Recoup.Lakehouse.Tests.Dbt.Dialect;

/// <summary>Answers at the edges of each family of functions, where DuckDB's own would be another; and what fails in Trino fails here.</summary>
[TestClass]
public sealed class EdgeAnswerTests
{
    [TestMethod]
    [DataRow("substr(NULL, 0), substr('abc', CAST(NULL AS bigint)), contains(CAST(NULL AS array(integer)), 1)", "NULL|NULL|NULL", DisplayName = "NULL before any rule of places")]
    [DataRow("cardinality(array_remove(ARRAY[1, 2], NULL)), cardinality(array_union(ARRAY[1], CAST(NULL AS array(integer))))", "NULL|NULL", DisplayName = "NULL arguments of array functions")]
    [DataRow("CAST(NULL AS array(integer))[0], element_at(CAST(NULL AS array(integer)), 0), split_part(NULL, ',', 0)", "NULL|NULL|NULL", DisplayName = "places within NULL")]
    [DataRow("CAST(NULL AS double) % 0e0, 5e0 % 0e0", "NULL|NaN", DisplayName = "remainders by zero")]
    [DataRow("floor(log10(1000)), floor(cbrt(-27)), log10(0), is_nan(sign(nan()))", "3|-3|-Infinity|True", DisplayName = "roots, logarithms and signs to the last digit")]
    [DataRow("CAST(0.5 AS varchar), CAST(-0.05 AS varchar), CAST(1.5 AS varchar)", "0.5|-0.05|1.5", DisplayName = "a zero before the point")]
    [DataRow("typeof(-2147483648), typeof(2147483648), typeof(-2147483649)", "integer|bigint|bigint", DisplayName = "the lowest integer")]
    [DataRow("date_diff('second', TIMESTAMP '2026-01-01 00:00:00.000900', TIMESTAMP '2026-01-01 00:00:01.000100')", "1", DisplayName = "differences are of milliseconds")]
    [DataRow("CAST('2026-01-31 10:00:00.0004995' AS timestamp(3)) = TIMESTAMP '2026-01-31 10:00:00'", "True", DisplayName = "a fraction is rounded once")]
    [DataRow("json_extract_scalar('{\"0\":\"x\"}', '$[0]'), json_extract_scalar('[\"x\"]', '$[\"0\"]'), json_array_length('[1,2] x')", "x|x|2", DisplayName = "steps of a path are names and places")]
    [DataRow("regexp_extract('(a', '[(](a)', 1), position('b' IN 'abc'), substring('abc' FROM 2 FOR 1)", "a|2|b", DisplayName = "groups are counted as the pattern has them")]
    [DataRow("cardinality(map_agg(x, 1)) FROM (VALUES (CAST(NULL AS integer))) t(x)", "NULL", DisplayName = "a map of no keys")]
    public void Query_Edge_IsAnsweredAsByTrino(string select, string expected)
    {
        using var duck = new TrinoOnDuck();
        var row = duck.Query($"SELECT {select}").Single();
        Assert.AreEqual(expected, string.Join('|', row.Select(value => value is null ? "NULL" : Convert.ToString(value, CultureInfo.InvariantCulture))));
    }

    [TestMethod]
    [DataRow("abs(-2147483648)", DisplayName = "no integer of that size")]
    [DataRow("date_add('second', 3000000000, TIMESTAMP '2026-01-01 00:00:00')", DisplayName = "more than an integer of units")]
    [DataRow("from_unixtime(1769853600123)", DisplayName = "milliseconds taken for seconds")]
    [DataRow("round(1e20, 2)", DisplayName = "a double that overflows")]
    [DataRow("try_cast(' 1.5 ' AS decimal(5,2))", DisplayName = "blanks around a decimal")]
    [DataRow("try_cast('0000-01-01' AS date)", DisplayName = "the year 0")]
    [DataRow("at_timezone(date_trunc('day', from_iso8601_timestamp('2026-01-31T23:30:00+02:00')), 'UTC')", DisplayName = "a day of another zone")]
    [DataRow("regexp_like(chr(11), '\\s')", DisplayName = "a blank of one engine only")]
    public void Query_WhatTrinoFailsOrMayReadOtherwise_Fails(string select)
    {
        using var duck = new TrinoOnDuck();
        Assert.ThrowsExactly<DuckDBException>(() => duck.Query($"SELECT {select}"));
    }

    [TestMethod]
    public void Query_TriedTimeWithAnOffset_IsTakenToUtc()
    {
        using var duck = new TrinoOnDuck();
        var rows = duck.Query("SELECT at_timezone(try(from_iso8601_timestamp('2026-01-31T10:00:00+02:00')), 'UTC')");
        Assert.AreEqual(new DateTime(2026, 1, 31, 8, 0, 0, DateTimeKind.Utc), rows[0][0]);
    }
}
