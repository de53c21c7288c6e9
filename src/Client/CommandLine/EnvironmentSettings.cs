namespace Recoup.Client.CommandLine;

/// <summary>The settings of CONTRACTS that the console shares with the silo, as environment variables: an option that is not given takes its value from here.</summary>
internal sealed class EnvironmentSettings(Func<string, string?> read)
{
    public static EnvironmentSettings OfProcess() => new(Environment.GetEnvironmentVariable);

    public static EnvironmentSettings Empty() => new(_ => null);

    /// <summary>The setting; null when it is missing or blank.</summary>
    public string? Find(string name) => read(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    public string Find(string name, string otherwise) => Find(name) ?? otherwise;

    /// <summary>The first of several values separated by commas: while a secret is rolled, both are in the setting, the newer one first.</summary>
    public string? FindFirst(string name) =>
        Find(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
