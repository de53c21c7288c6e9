namespace Recoup.Lakehouse.Dbt.Jinja.Values;

/// <summary>The values of a template, and what Python does with any of them.</summary>
/// <remarks>
/// <see langword="null"/> is None; <see cref="bool"/>; <see cref="long"/>, or <see cref="System.Numerics.BigInteger"/> where an int
/// needs more; <see cref="double"/>; <see cref="string"/>; <see cref="PyList"/>, <see cref="PyDict"/>, <see cref="PyTuple"/>;
/// <see cref="JinjaUndefined"/>; <see cref="IJinjaCallable"/> and <see cref="IJinjaObject"/>.
/// </remarks>
internal static partial class PyValue
{
    /// <summary>Python's <c>str(value)</c>.</summary>
    public static string Text(object? value) => throw new NotImplementedException();

    /// <summary>Python's <c>repr(value)</c>.</summary>
    public static string Repr(object? value) => throw new NotImplementedException();

    /// <summary>Python's <c>bool(value)</c>.</summary>
    public static bool IsTrue(object? value) => throw new NotImplementedException();

    /// <summary>Python's <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right) => throw new NotImplementedException();

    /// <summary>Python's <c>iter(value)</c>.</summary>
    public static IEnumerable<object?> Iterate(object? value) => throw new NotImplementedException();
}
