using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>One call of a function with its bound arguments: what a function's rule asks before it answers.</summary>
internal sealed class CallContext(FunctionCall call, IReadOnlyList<BoundExpression> arguments, BindingContext binding)
{
    public string Name => call.Name;

    public SourcePosition At => call.At;

    public JsonClauses? Json => call.Json;

    public BindingContext Binding => binding;

    public int Count => arguments.Count;

    public BoundExpression this[int index] => arguments[index];

    public IReadOnlyList<BoundExpression> Arguments => arguments;

    /// <summary>The word of a grammar such as EXTRACT(YEAR FROM x).</summary>
    public string Symbol(int index) => ((SymbolArgument)call.Arguments[index]).Name;

    public FlinkSqlException Refuse(string reason, string remedy) => new(At, reason, remedy);

    public void ExpectCount(int least, int most)
    {
        if (Count < least || Count > most)
        {
            var wanted = least == most ? $"{least}" : $"{least} to {most}";
            throw Refuse($"{Name} takes {wanted} arguments, not {Count}", $"See Flink's documentation of {Name}");
        }
    }

    public BoundExpression Text(int index) => arguments[index].Type.IsText ? arguments[index] : throw Mistyped(index, "a text (STRING, VARCHAR, CHAR)");

    public BoundExpression Binary(int index) => arguments[index].Type.IsBinary ? arguments[index] : throw Mistyped(index, "a binary (BYTES)");

    /// <summary>An argument that Flink takes as INT; smaller integers widen.</summary>
    public BoundExpression Integer(int index)
    {
        var argument = arguments[index];
        return argument.Type.Kind switch
        {
            TypeKind.Int => argument,
            TypeKind.TinyInt or TypeKind.SmallInt => argument with { Sql = $"CAST({argument.Sql} AS INTEGER)", Type = FlinkType.Int },
            _ => throw Mistyped(index, "an INT"),
        };
    }

    /// <summary>A constant text: a pattern, a path, a format. Views hand constants on.</summary>
    public string ConstantText(int index, string what) =>
        Text(index).ConstantText ?? throw Refuse($"{Name} needs {what} that is known before the job starts", "Write it as a text, here or as a column of a view");

    public BoundExpression Kernel(FlinkType result, RowFunction body, IReadOnlyList<BoundExpression> with, string? name = null, bool seesNull = false, bool canFail = false) =>
        binding.Call(name ?? Name, result, body, with, seesNull, canFail);

    public FlinkSqlException Mistyped(int index, string wanted) =>
        Refuse($"{Name} takes {wanted} as argument {index + 1}, not {arguments[index].Type}", "Cast it, so that both engines read the same");
}
