using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary>A relation as templates see it: <c>ref</c>, <c>source</c>, <c>this</c>, <c>api.Relation.create</c>.</summary>
/// <param name="Kind"><c>table</c>, <c>view</c>, <c>cte</c>; <see langword="null"/> when nobody has looked.</param>
/// <param name="Text">What it prints instead of its name: that of the common table expression of an ephemeral model.</param>
internal sealed record RelationValue(string? Database, string? Schema, string? Identifier, string? Kind = null, string? Text = null) : IJinjaObject
{
    public static RelationValue Of(Relation relation, RelationKind? kind = null) =>
        new(relation.Database, relation.Schema, relation.Name, kind?.ToString().ToLowerInvariant());

    public Relation ToRelation() => new(Database, Schema ?? "", Identifier ?? "");

    public bool TryGetAttribute(string name, out object? value)
    {
        (var found, value) = name switch
        {
            "database" => (true, Database),
            "schema" => (true, Schema),
            "identifier" or "name" or "table" => (true, Identifier),
            "type" => (true, Kind),
            "is_table" => (true, Kind == "table"),
            "is_view" => (true, Kind == "view"),
            "is_cte" => (true, Kind == "cte"),
            "include" => (true, new ContextFunction(Include)),
            "without_identifier" => (true, new ContextFunction(_ => this with { Identifier = null })),
            "render" => (true, new ContextFunction(_ => ToString())),
            "quote" => (true, new ContextFunction(_ => this)),
            _ => (false, (object?)null),
        };
        return found;
    }

    public override string ToString() => Text ?? string.Join('.', new[] { Database, Schema, Identifier }.Where(part => part is not null).Select(Quote));

    private static string Quote(string? part) => $"\"{part}\"";

    private RelationValue Include(JinjaArguments arguments) => this with
    {
        Database = IsIncluded(arguments, "database") ? Database : null,
        Schema = IsIncluded(arguments, "schema") ? Schema : null,
        Identifier = IsIncluded(arguments, "identifier") ? Identifier : null,
    };

    private static bool IsIncluded(JinjaArguments arguments, string part) => !arguments.Keywords.TryGetValue(part, out var value) || PyValue.IsTrue(value);
}
