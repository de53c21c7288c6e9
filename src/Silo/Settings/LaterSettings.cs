namespace Recoup.Silo.Settings;

/// <summary>
/// Settings that the contract names and this stage does not have yet. One that is set to anything but its default is refused by name: a silo that
/// took <c>Storage__Provider=Postgres</c> and wrote to SQLite would be worse than one that does not start.
/// </summary>
internal static class LaterSettings
{
    private static readonly (string Key, string Default)[] Defaults =
    [
        ("Storage:Provider", "Sqlite"),
        ("Storage:ConnectionString", ""),
    ];

    /// <exception cref="StartRefusedException">One of them is set.</exception>
    public static void Refuse(IConfiguration configuration)
    {
        foreach (var (key, standard) in Defaults)
        {
            var isDefault = string.Equals(configuration[key], standard, StringComparison.OrdinalIgnoreCase);
            if (!isDefault && !string.IsNullOrEmpty(configuration[key]))
            {
                throw new StartRefusedException($"{NameOf(key)} is not there yet: it comes with a later stage. Remove it{Hint(standard)}.");
            }
        }
    }

    private static string NameOf(string key) => key.Replace(":", "__", StringComparison.Ordinal);

    private static string Hint(string? standard) => string.IsNullOrEmpty(standard) ? "" : $", or set it to {standard}";
}
