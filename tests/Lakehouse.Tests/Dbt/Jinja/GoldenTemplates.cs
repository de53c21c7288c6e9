using System.Text.Json;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Jinja.Json;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Tests.FlinkSql;

namespace Recoup.Lakehouse.Tests.Dbt.Jinja;

/// <summary>The templates that were put to real dbt, set up as they were there.</summary>
internal static class GoldenTemplates
{
    public const string File = "golden/dbt/jinja.jsonl";

    private static readonly Dictionary<string, object?> Variables = new()
    {
        ["v1"] = 1L,
        ["v_str"] = "abc",
        ["v_none"] = null,
        ["v_list"] = new PyList(["a", "b"]),
        ["v_dict"] = new PyDict { { "k", "v" } },
        ["v_false"] = false,
    };

    private static readonly Dictionary<string, string> Environment = new() { ["GOLD_SET"] = "yes", ["GOLD_NUM"] = "7", ["GOLD_EMPTY"] = "" };

    /// <summary>What this evaluator answers to a case.</summary>
    public static (object? Output, JinjaException? Failure) Run(JsonElement question)
    {
        var context = Context(question.GetProperty("context"), question.TryGetProperty("macros", out _));
        try
        {
            var template = JinjaTemplate.Parse(question.GetProperty("template").GetString()!, "golden");
            var isNative = question.TryGetProperty("native", out var native) && native.GetBoolean();
            return (isNative ? template.RenderNative(new(context)) : template.Render(new(context)), null);
        }
        catch (JinjaException failure)
        {
            return (null, failure);
        }
        catch (Exception crash)
        {
            // It stands among the differences, with the template that it belongs to.
            return ($"a crash: {crash}", null);
        }
    }

    /// <summary>A value as the golden file writes it.</summary>
    public static string Json(object? value) => value switch
    {
        JinjaUndefined => """{"undefined": true}""",
        PyTuple tuple => $$"""{"tuple": {{new JsonWriter(false).Write(new PyList(tuple.Items))}}}""",
        _ => new JsonWriter(false).Write(value),
    };

    public static object? Value(JsonElement element)
    {
        JsonReader.TryRead(element.GetRawText(), out var value);
        return value;
    }

    private static Dictionary<string, object?> Context(JsonElement given, bool hasMacros)
    {
        var context = DbtBaseContext.Create(new()
        {
            Clock = TimeProvider.System,
            Variables = Variables,
            Environment = name => Environment.GetValueOrDefault(name),
            Flags = new Dictionary<string, object?> { ["FULL_REFRESH"] = false },
        });
        foreach (var entry in given.EnumerateObject())
        {
            context[entry.Name] = Value(entry.Value);
        }

        if (hasMacros)
        {
            AddMacros(context);
        }

        return context;
    }

    private static void AddMacros(Dictionary<string, object?> context)
    {
        var text = System.IO.File.ReadAllText(GoldenData.Find("golden/dbt/jinja_macros.sql"));
        foreach (var block in Lakehouse.Dbt.Jinja.Blocks.DbtBlocks.Extract(text, ["macro"]).Where(block => block.Type == "macro"))
        {
            foreach (var macro in JinjaTemplate.Parse(block.Full, "jinja_macros.sql").Macros)
            {
                context[macro.Name] = macro.Bind(new(context));
            }
        }
    }
}
