using System.Diagnostics;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Tests.Dbt.Jinja;

/// <summary>What the runner relies on, beside what the golden templates show.</summary>
[TestClass]
public sealed class TemplateTests
{
    private static readonly DbtContextOptions Options = new() { Clock = TimeProvider.System, Environment = _ => null };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Render_UndefinedName_PrintsNothing() => Assert.AreEqual("[]", Render("[{{ nothing }}]"));

    [TestMethod]
    public void Render_CallOfUndefined_FailsWithFileAndLine()
    {
        var failure = Assert.ThrowsExactly<JinjaException>(() => Render("select 1,\n  {{ nothing() }}"));
        Assert.AreEqual((JinjaErrorKind.Undefined, "model.sql", 2), (failure.Kind, failure.TemplateName, failure.Line));
        Assert.AreEqual("'nothing' is undefined", failure.Message);
    }

    [TestMethod]
    public void Parse_OpenTag_FailsWithFileAndLine()
    {
        var failure = Assert.ThrowsExactly<JinjaException>(() => JinjaTemplate.Parse("a\n{% if x %}\n", "model.sql"));
        Assert.AreEqual((JinjaErrorKind.Syntax, "model.sql", 2), (failure.Kind, failure.TemplateName, failure.Line));
    }

    [TestMethod]
    public void Render_WhatIsNotSupported_IsRefusedByName()
    {
        var failure = Assert.ThrowsExactly<JinjaException>(() => Render("{{ 'a'|urlize }}"));
        Assert.AreEqual(JinjaErrorKind.Unsupported, failure.Kind);
        Assert.Contains("the filter 'urlize'", failure.Message);
    }

    [TestMethod]
    public void Bind_MacroThatReturns_GivesTheValue()
    {
        var context = DbtBaseContext.Create(Options);
        var macro = JinjaTemplate.Parse("{% macro pair(a, b=2) %}text {{ return([a, b]) }}{% endmacro %}", "pair.sql").Macros.Single();
        Assert.AreEqual("pair(a, b) in line 1", $"{macro.Name}({string.Join(", ", macro.Parameters)}) in line {macro.Line}");
        Assert.AreEqual("[1, 2]", PyValue.Repr(macro.Bind(new(context)).Call(new(1L))));
    }

    [TestMethod]
    public void Render_MacroThatFails_NamesTheMacrosFile()
    {
        var context = DbtBaseContext.Create(Options);
        var macro = JinjaTemplate.Parse("{% macro bad() %}\n{{ 1 / 0 }}{% endmacro %}", "bad.sql").Macros.Single();
        context["bad"] = macro.Bind(new(context));
        var failure = Assert.ThrowsExactly<JinjaException>(() => JinjaTemplate.Parse("\n\n{{ bad() }}", "model.sql").Render(new(context)));
        Assert.AreEqual(("bad.sql", 2, "division by zero"), (failure.TemplateName, failure.Line, failure.Message));
    }

    [TestMethod]
    [DataRow("{{ n }}", 5L)]
    [DataRow("{{ n }} ", "5 ")]
    [DataRow("{{ '5'|as_number }}", 5L)]
    [DataRow("{{ 5 }}", "5")]
    [DataRow("5", "5")]
    [DataRow("{{ n == 5 }}", true)]
    public void RenderNative_Value_KeepsItsType(string template, object expected)
    {
        var context = new Dictionary<string, object?> { ["n"] = 5L };
        Assert.AreEqual(expected, JinjaTemplate.Parse(template, "dbt_project.yml").RenderNative(new(context)));
    }

    [TestMethod]
    public void Render_EndlessRecursion_FailsInsteadOfCrashing()
    {
        var context = DbtBaseContext.Create(Options);
        context["again"] = JinjaTemplate.Parse("{% macro again() %}{{ again() }}{% endmacro %}", "again.sql").Macros.Single().Bind(new(context));
        var failure = Assert.ThrowsExactly<JinjaException>(() => JinjaTemplate.Parse("{{ again() }}", "model.sql").Render(new(context)));
        Assert.AreEqual("maximum recursion depth exceeded", failure.Message);
    }

    [TestMethod]
    public void Render_VarThatIsATemplate_IsRendered()
    {
        var options = new DbtContextOptions { Clock = TimeProvider.System, Environment = _ => null, Variables = new Dictionary<string, object?> { ["a"] = "{{ 1 + 1 }}" } };
        Assert.AreEqual("2", JinjaTemplate.Parse("{{ var('a') }}", "model.sql").Render(new(DbtBaseContext.Create(options))));
    }

    [TestMethod]
    public void Parse_ModelOfOrdinarySize_TakesUnderAMillisecond()
    {
        var column = "  {{ safe('amount') }} as amount_minor,\n  {% if not loop.last %}, {% endif %}{{ c | upper | replace('A', 'b') }} as {{ c }},\n";
        var source = "{% set cols = ['id', 'amount', 'currency', 'status'] %}select\n{% for c in cols %}" + string.Concat(Enumerable.Repeat(column, 5)) + "{% endfor %} 1 as one from t";
        var context = DbtBaseContext.Create(Options);
        context["safe"] = JinjaTemplate.Parse("{% macro safe(c) %}coalesce({{ c }}, 0){% endmacro %}", "safe.sql").Macros.Single().Bind(new(context));
        var best = Enumerable.Range(0, 200).Min(_ => Time(() => JinjaTemplate.Parse(source, "model.sql").Render(new(context))));
        TestContext.WriteLine($"{best.TotalMicroseconds:0} microseconds for a model of {source.Length} characters.");
        Assert.IsLessThan(1, best.TotalMilliseconds);
    }

    private static TimeSpan Time(Func<string> render)
    {
        var start = Stopwatch.GetTimestamp();
        Assert.AreNotEqual("", render());
        return Stopwatch.GetElapsedTime(start);
    }

    private static string Render(string template) => JinjaTemplate.Parse(template, "model.sql").Render(new(DbtBaseContext.Create(Options)));
}
