using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;
using Recoup.Lakehouse.Dbt.Running;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Context;

/// <summary><c>adapter</c>. While nodes are parsed it finds nothing.</summary>
internal sealed class AdapterObject(DbtSession session, ContextScope scope, bool canExecute) : IJinjaObject
{
    public bool TryGetAttribute(string name, out object? value)
    {
        value = new ContextFunction(Method(name) ?? throw JinjaException.Unsupported($"adapter.{name}"));
        return true;
    }

    private Func<JinjaArguments, object?>? Method(string name) => name switch
    {
        "dispatch" => Dispatch,
        "type" => _ => session.Profile.Type,
        "quote" or "quote_as_configured" => arguments => $"\"{PyValue.Text(arguments.Require(0, "identifier", name))}\"",
        "get_relation" => canExecute ? GetRelation : _ => null,
        "get_columns_in_relation" => canExecute ? GetColumns : _ => new PyList(),
        "get_missing_columns" => canExecute ? GetMissingColumns : _ => new PyList(),
        "list_relations_without_caching" or "list_relations" => canExecute ? ListRelations : _ => new PyList(),
        "check_schema_exists" => _ => true,
        "create_schema" => canExecute ? CreateSchema : _ => ContextFunction.Nothing,
        "drop_relation" => canExecute ? Drop : _ => ContextFunction.Nothing,
        "cache_added" or "cache_dropped" or "commit" or "clear_transaction" or "expand_target_column_types" => _ => ContextFunction.Nothing,
        _ => null,
    };

    private object? Dispatch(JinjaArguments arguments)
    {
        var name = PyValue.Text(arguments.Require(0, "macro_name", "dispatch"));
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw new JinjaException(JinjaErrorKind.Compilation, $"In adapter.dispatch, got a macro name of \"{name}\", but \".\" is not a valid macro name component. Did you mean `adapter.dispatch(\"{name.Split('.')[^1]}\", macro_namespace=\"{name.Split('.')[0]}\")`?");
        }

        string[] searched = [$"{session.Profile.Type}__{name}", $"default__{name}"];
        string[] packages = [session.Macros.Project, DbtMacro.BuiltInPackage];
        var found = packages.SelectMany(package => searched.Select(candidate => session.Macros.TryFind(package, candidate, out var macro) ? macro : null))
            .FirstOrDefault(macro => macro is not null);
        return found is not null ? scope.Bind(found)
            : searched.Select(candidate => scope.TryGetMember(candidate, out var member) ? member : null).FirstOrDefault(member => member is not null)
            ?? throw new JinjaException(
                JinjaErrorKind.Compilation,
                $"In dispatch: No macro named '{name}' found within namespace: '{PyValue.Text(arguments.Get(1, "macro_namespace", null))}'\n    Searched for: "
                + string.Join(", ", packages[..1].SelectMany(package => searched.Select(candidate => $"'{package}.{candidate}'"))));
    }

    private RelationValue? GetRelation(JinjaArguments arguments)
    {
        var schema = PyValue.Text(arguments.Require(1, "schema", "get_relation"));
        var name = PyValue.Text(arguments.Require(2, "identifier", "get_relation"));
        return Existing(schema).FirstOrDefault(existing => string.Equals(existing.Relation.Name, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? RelationValue.Of(found.Relation with { Database = session.Profile.Database }, found.Kind)
            : null;
    }

    private PyList ListRelations(JinjaArguments arguments)
    {
        var schema = arguments.Require(arguments.Positional.Count > 1 ? 1 : 0, "schema", "list_relations");
        return new PyList(Existing(schema is RelationValue relation ? relation.Schema ?? "" : PyValue.Text(schema))
            .Select(existing => RelationValue.Of(existing.Relation with { Database = session.Profile.Database }, existing.Kind)));
    }

    private IReadOnlyList<ExistingRelation> Existing(string schema) => Wait(session.RequireWarehouse().ListAsync(schema, CancellationToken.None));

    private PyList GetColumns(JinjaArguments arguments) => new PyList(Columns(arguments, 0, "relation"));

    private PyList GetMissingColumns(JinjaArguments arguments)
    {
        var there = Columns(arguments, 1, "to_relation").Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new PyList(Columns(arguments, 0, "from_relation").Where(column => !there.Contains(column.Name)));
    }

    private IEnumerable<ColumnValue> Columns(JinjaArguments arguments, int position, string name) =>
        Wait(session.RequireWarehouse().ColumnsAsync(Relation(arguments, position, name), CancellationToken.None)).Select(column => new ColumnValue(column.Name, column.Type));

    private string CreateSchema(JinjaArguments arguments)
    {
        Wait(session.RequireWarehouse().CreateSchemaAsync(Relation(arguments, 0, "relation").Schema, CancellationToken.None));
        return ContextFunction.Nothing;
    }

    private string Drop(JinjaArguments arguments)
    {
        Wait(session.RequireWarehouse().DropAsync(Relation(arguments, 0, "relation"), CancellationToken.None));
        return ContextFunction.Nothing;
    }

    private static Relation Relation(JinjaArguments arguments, int position, string name) => arguments.Require(position, name, "adapter") is RelationValue relation
        ? relation.ToRelation()
        : throw new JinjaException(JinjaErrorKind.Compilation, $"'{name}' must be a relation, such as ref() returns.");

    // Templates are synchronous, as Python's are: a node's thread waits for its own statement.
    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Wait(Task task) => task.GetAwaiter().GetResult();
}
