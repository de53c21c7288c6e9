using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Syntax;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Binding;

/// <summary>What all expressions of a script share: the functions in use, the session's settings, the clock of the batch.</summary>
internal sealed class BindingContext(KernelCatalog kernels, BatchClock clock)
{
    public BatchClock Clock { get; } = clock;

    /// <summary>Casts of text that no condition guards: the lint tells of them.</summary>
    public List<CastExpression> UnguardedCasts { get; } = [];

    /// <summary>A call of a function of our own.</summary>
    public BoundExpression Call(
        string name, FlinkType result, RowFunction body, IReadOnlyList<BoundExpression> arguments, bool seesNull = false, bool canFail = false, bool isVolatile = false)
    {
        var kernel = new ScalarKernel(name, [.. arguments.Select(argument => argument.Type)], result, body, seesNull, isVolatile);
        var sql = $"{kernels.Use(kernel)}({string.Join(", ", arguments.Select(argument => argument.Sql))})";
        return new BoundExpression(sql, result, CanFail: canFail || arguments.Any(argument => argument.CanFail));
    }
}

/// <summary>The time that all rows of one batch see as the current time.</summary>
internal sealed class BatchClock
{
    /// <summary>Microseconds since 1970, UTC.</summary>
    public long Microseconds { get; set; }
}
