using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Names: columns of FROM only, never aliases of the select list.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindName(NameExpression name)
    {
        for (var level = scope; level is not null; level = level.Parent)
        {
            if (Resolve(level, name) is { } found)
            {
                context.OuterReferences += level == scope || scope.IsLambda ? 0 : 1;
                return found;
            }
        }

        throw context.Refuse(
            "L13",
            name.Line,
            $"there is no column {string.Join('.', name.Parts)} in FROM{(scope.Aliases.Contains(name.Last) ? "; an alias of the select list is none in Trino" : "")}",
            "Name a column of FROM, or repeat the expression");
    }

    private Bound? Resolve(Scope level, NameExpression name)
    {
        if (name.Parts.Count == 1)
        {
            return ResolveUnqualified(level, name.Last, name.Line);
        }

        var relation = level.Relations.Find(relation => Scope.Equal(relation.Alias, name.Parts[^2]));
        if (relation is not null && name.Parts.Count == 2)
        {
            return ResolveIn(relation, name);
        }

        // A field of a row: the part before is a column.
        return Resolve(level, name with { Parts = [.. name.Parts.SkipLast(1)] }) is { } row ? BindField(row, name.Last, name.Line) : null;
    }

    private static Bound? ResolveIn(ScopeRelation relation, NameExpression name)
    {
        if (relation.Columns is null)
        {
            return Column(new ScopeColumn(name.Last, TrinoType.Opaque, $"{Quoted.Name(relation.DuckName)}.{Quoted.Name(name.Last)}"), name.Line);
        }

        var column = relation.Columns.FirstOrDefault(column => Scope.Equal(column.Name, name.Last) && !column.IsMerged);
        return column is null ? null : Column(column, name.Line);
    }

    private Bound? ResolveUnqualified(Scope level, string name, int line)
    {
        var found = level.Merged.Where(column => Scope.Equal(column.Name, name)).ToList();
        if (found.Count == 0)
        {
            found = [.. level.Relations.SelectMany(relation => relation.Columns ?? []).Where(column => Scope.Equal(column.Name, name) && !column.IsMerged)];
        }

        return found.Count switch
        {
            1 => Column(found[0], line),
            > 1 => throw context.Refuse("L13", line, $"the column {name} is in more than one relation of FROM", "Write the relation's name before it"),
            _ => level.IsOpaque ? OfTableNotDescribed(level, name, line) : null,
        };
    }

    private Bound OfTableNotDescribed(Scope level, string name, int line)
    {
        if (level.Relations is [var only])
        {
            return Column(new ScopeColumn(name, TrinoType.Opaque, $"{Quoted.Name(only.DuckName)}.{Quoted.Name(name)}"), line);
        }

        return level.Aliases.Contains(name)
            ? throw context.Refuse("L13", line, $"{name} may be an alias of the select list, which is no column in Trino", "Write the relation's name before it")
            : Column(new ScopeColumn(name, TrinoType.Opaque, Quoted.Name(name)), line);
    }

    private static Bound Column(ScopeColumn column, int line) => new(column.Sql, column.Type, line) { Name = column.Name, IsSafe = true };

    private Bound BindField(Bound row, string field, int line)
    {
        if (row.Type.Kind is TypeKind.Opaque)
        {
            return new Bound($"({row.Sql}).{Quoted.Name(field)}", TrinoType.Opaque, line) { Name = field };
        }

        var index = row.Type.Kind is TypeKind.Row ? row.Type.Fields.ToList().FindIndex(name => Scope.Equal(name, field)) : -1;
        return index < 0
            ? throw context.Refuse("L13", line, $"there is no field {field} in {row.Type}", "CAST the row to one with names")
            : new Bound($"({row.Sql}).{Quoted.Name(row.Type.Fields[index]!)}", row.Type.Arguments[index], line) { Name = field };
    }
}
