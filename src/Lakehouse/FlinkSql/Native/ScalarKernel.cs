using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Native;

/// <summary>Computes one value from one row's arguments. An error of the data is a <see cref="FlinkValueException"/>.</summary>
internal delegate void RowFunction(in Arguments arguments, ref Result result);

/// <summary>A scalar function of our own, as it is registered with DuckDB.</summary>
/// <param name="Name">Unique for what it computes: constants that are built in (a pattern, a format) are part of it.</param>
/// <param name="SeesNull">The function is called for NULL arguments too; otherwise one NULL makes the result NULL.</param>
/// <param name="IsVolatile">Called again for every row, even without arguments.</param>
internal sealed record ScalarKernel(
    string Name, IReadOnlyList<FlinkType> Parameters, FlinkType Result, RowFunction Body, bool SeesNull = false, bool IsVolatile = false);

/// <summary>A value that fails the job in Flink: a cast of text that is no number, a division by zero.</summary>
internal sealed class FlinkValueException(string message) : Exception(message);
