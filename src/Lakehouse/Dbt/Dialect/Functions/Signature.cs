using System.Text.RegularExpressions;
using Recoup.Lakehouse.Dbt.Dialect.Binding;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Functions;

/// <summary>One line of the catalog: a function's name, what its arguments must be, what it gives, and DuckDB's text for it.</summary>
internal sealed partial record Signature(string Name, IReadOnlyList<Parameter> Parameters, string Result, string Template)
{
    public static Signature Parse(string line)
    {
        var match = LinePattern().Match(line);
        if (!match.Success)
        {
            throw new InvalidOperationException($"The catalog of functions has a line that cannot be read: {line}");
        }

        var parameters = ParameterPattern().Matches(match.Groups["parameters"].Value).Select(found => new Parameter(found.Value.Trim()));
        return new Signature(match.Groups["name"].Value, [.. parameters], match.Groups["result"].Value, match.Groups["template"].Value);
    }

    /// <summary>The sum of the arguments' distances; <see cref="Parameter.NoMatch"/> or more when they do not fit.</summary>
    public int Distance(IReadOnlyList<Bound> arguments)
    {
        var variables = new Dictionary<string, TrinoType>();
        return arguments.Count == Parameters.Count ? Parameters.Zip(arguments, (parameter, argument) => parameter.Distance(argument, variables)).Sum() : Parameter.NoMatch;
    }

    public Bound Apply(IReadOnlyList<Bound> arguments, int line)
    {
        var variables = new Dictionary<string, TrinoType>();
        foreach (var (parameter, argument) in Parameters.Zip(arguments))
        {
            parameter.Distance(argument, variables);
        }

        var texts = Parameters.Zip(arguments, (parameter, argument) => parameter.Text(argument, variables)).ToList();
        var sql = HolePattern().Replace(Template, hole => texts[hole.Groups[1].Value[0] - '0']);
        return new Bound(sql, ResultType(arguments, variables), line);
    }

    private TrinoType ResultType(IReadOnlyList<Bound> arguments, Dictionary<string, TrinoType> variables) => Result switch
    {
        ['$', var digit] => Told(arguments[digit - '1'].Type, Parameters[digit - '1'].Pattern),
        "T" or "P" or "K" or "V" => variables.GetValueOrDefault(Result, TrinoType.Unknown),
        "map(K,V)" => TrinoType.MapOf(variables.GetValueOrDefault("K", TrinoType.Unknown), variables.GetValueOrDefault("V", TrinoType.Unknown)),
        "array(T)" or "array(P)" or "array(K)" or "array(V)" => TrinoType.ArrayOf(variables.GetValueOrDefault(Result[6..7], TrinoType.Unknown)),
        _ => DuckTypes.Read(Result),
    };

    /// <summary>A NULL, and a date where a timestamp is wanted, take the type of the parameter.</summary>
    private static TrinoType Told(TrinoType type, string pattern) => pattern switch
    {
        "timestamp" when type.Kind is not (TypeKind.Timestamp or TypeKind.Opaque) => TrinoType.Timestamp(type.Kind is TypeKind.Unknown ? 3 : 0),
        "instant" when type.Kind is not (TypeKind.TimestampTz or TypeKind.Opaque) => TrinoType.TimestampTz(type.Precision),
        "date" => TrinoType.Date,
        _ => type,
    };

    [GeneratedRegex(@"\A(?<name>\w+)\((?<parameters>.*?)\) -> (?<result>[^=]+?) = (?<template>.+)\z")]
    private static partial Regex LinePattern();

    [GeneratedRegex(@"'[^']*'|[^,()]+(\([^)]*\))?")]
    private static partial Regex ParameterPattern();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex HolePattern();
}
