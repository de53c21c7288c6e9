namespace Recoup.Lakehouse.Dbt.Macros;

/// <summary>The macros that come with the runner: our own text, in the embedded files beside this one.</summary>
internal static class BuiltInMacros
{
    private const string Prefix = "dbt/";

    private static readonly Lazy<IReadOnlyList<DbtMacro>> Read = new(ReadAll);

    public static IReadOnlyList<DbtMacro> All => Read.Value;

    private static DbtMacro[] ReadAll()
    {
        var assembly = typeof(BuiltInMacros).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .SelectMany(name => MacroReader.Read(DbtMacro.BuiltInPackage, name, ReadText(assembly.GetManifestResourceStream(name)!)))];
    }

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
