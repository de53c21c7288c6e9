using System.Text;
using Recoup.Lakehouse.Dbt.Jinja.Calls;
using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Jinja.Methods;

/// <summary>The methods of <c>int</c>, <c>float</c> and <c>bytes</c> that templates use.</summary>
internal static class NumberMethods
{
    public static FunctionTable Ints { get; } = new(
        "attribute",
        [new("bit_length", ["_int"], BitLength)],
        "as_integer_ratio",
        "bit_count",
        "conjugate",
        "denominator",
        "from_bytes",
        "imag",
        "numerator",
        "real",
        "to_bytes");

    public static FunctionTable Floats { get; } = new(
        "attribute",
        [new("is_integer", ["_float"], a => double.IsInteger((double)a[0]!))],
        "as_integer_ratio",
        "conjugate",
        "fromhex",
        "hex",
        "imag",
        "real");

    public static FunctionTable Bytes { get; } = new(
        "method of bytes",
        [new("decode", ["_bytes", Parameter.Optional("encoding", "utf-8")], Decode)],
        "hex", "upper", "lower", "split", "join", "replace", "strip", "startswith", "endswith", "find", "index", "count", "title");

    private static object? BitLength(object?[] arguments)
    {
        PyInt.TryGet(arguments[0], out var number);
        return (long)System.Numerics.BigInteger.Abs(number).GetBitLength();
    }

    private static string Decode(object?[] arguments) => arguments[1] is "utf-8" or "utf8" or "ascii"
        ? Encoding.UTF8.GetString(((PyBytes)arguments[0]!).Value)
        : throw JinjaException.Unsupported("decoding bytes other than as utf-8");
}
