using System.Security.Cryptography;
using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Modules;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using static Recoup.Lakehouse.Dbt.Jinja.Calls.Parameter;

namespace Recoup.Lakehouse.Dbt.Jinja.Context;

/// <summary>
/// The names that dbt gives every template, in YAML values too: <c>var</c>, <c>env_var</c>, <c>return</c>, <c>log</c>, <c>print</c>,
/// <c>tojson</c>, <c>fromjson</c>, <c>toyaml</c>, <c>fromyaml</c>, <c>set</c>, <c>zip</c> and their strict forms, <c>local_md5</c>, <c>modules</c>, <c>flags</c>, ids.
/// </summary>
internal static class DbtBaseContext
{
    /// <summary>The dbt whose behaviour this is.</summary>
    public const string Version = "1.11.16";

    /// <summary>A dictionary of the caller's own, to add ref, source, config and the rest to; <c>context</c> follows it.</summary>
    public static Dictionary<string, object?> Create(DbtContextOptions options)
    {
        var context = new Dictionary<string, object?>();
        foreach (var function in Functions(options).Concat(ConversionFunctions.All()).Concat(CollectionFunctions.All()))
        {
            context[function.Name] = function;
        }

        context["var"] = new VarFunction(options.Variables, context);
        context["modules"] = PythonModules.Create(options.Clock);
        context["flags"] = new FlagsObject(options.Flags);
        context["dbt_version"] = Version;
        context["invocation_id"] = options.InvocationId;
        context["run_started_at"] = PyDateTime.Zoned(options.RunStartedAt);
        context["thread_id"] = "Thread-1";
        context["builtins"] = new JinjaMapping(new Dictionary<string, object?>(context));
        context["context"] = new JinjaMapping(context);
        return context;
    }

    private static IEnumerable<Function> Functions(DbtContextOptions options) =>
    [
        new("return", [Optional("data")], a => throw new MacroReturn(a[0])),
        new("env_var", ["var", Optional("default")], a => EnvironmentVariable(options, PyValue.Text(a[0]), a[1])),
        new("log", ["msg", Optional("info", false)], a => Log(options, a[0], PyValue.IsTrue(a[1]))),
        new("print", ["msg"], a => Log(options, a[0], true)),
        new("local_md5", ["value"], a => LocalMd5(a[0])),
        new("diff_of_two_dicts", ["dict_a", "dict_b"], _ => throw JinjaException.Unsupported("the function 'diff_of_two_dicts'")),
    ];

    private static object? EnvironmentVariable(DbtContextOptions options, string name, object? otherwise)
    {
        if (name.StartsWith("DBT_ENV_SECRET", StringComparison.Ordinal))
        {
            throw new JinjaException(JinjaErrorKind.Parsing, $"Secret env vars are allowed only in profiles.yml or packages.yml. Found '{name}' referenced elsewhere.");
        }

        return options.Environment(name) ?? otherwise
            ?? throw new JinjaException(JinjaErrorKind.Parsing, $"Env var required but not provided: '{name}'");
    }

    private static string Log(DbtContextOptions options, object? message, bool isShown)
    {
        options.Log(PyValue.Text(message), isShown);
        return "";
    }

    private static string LocalMd5(object? value)
    {
        var text = value as string ?? throw JinjaException.Runtime($"'{PyType.NameOf(value)}' object has no attribute 'encode'");
#pragma warning disable CA5351 // dbt's function is MD5; nothing here relies on it for safety.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
    }
}
