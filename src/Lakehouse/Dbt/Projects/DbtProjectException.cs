namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>The work cannot start: dbt's exit code 2. The message is what dbt prints, with the file and, where it is known, the line.</summary>
internal sealed class DbtProjectException(string kind, string message, string? place = null, Exception? inner = null)
    : Exception(Format(kind, message, place), inner)
{
    public static DbtProjectException Compilation(string message, string? place = null) => new("Compilation Error", message, place);

    public static DbtProjectException Parsing(string message, string? place = null) => new("Parsing Error", message, place);

    public static DbtProjectException Runtime(string message, string? place = null) => new("Runtime Error", message, place);

    /// <summary>What dbt can do and this runner cannot.</summary>
    /// <param name="what">A noun: <c>"A snapshot"</c>.</param>
    /// <param name="instead">What would be right, as a sentence.</param>
    public static DbtProjectException Unsupported(string what, string file, int? line, string instead) =>
        new("Unsupported", $"{what} is not supported by the embedded dbt ({file}{(line is null ? "" : $", line {line}")}). {instead} Or run dbt itself: Dbt__Runner=Cli.");

    /// <summary>As dbt lays out an error: a headline, then the message two columns in.</summary>
    public static string Format(string kind, string message, string? place) =>
        $"{kind}{(place is null ? "" : $" in {place}")}\n{string.Join('\n', message.Split('\n').Select(line => $"  {line}"))}";
}
