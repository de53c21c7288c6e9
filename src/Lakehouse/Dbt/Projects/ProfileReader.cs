using Recoup.Lakehouse.Dbt.Jinja.Values;

namespace Recoup.Lakehouse.Dbt.Projects;

/// <summary>Reads <c>profiles.yml</c>; only the target that is used is rendered, so that variables of others may be missing.</summary>
internal static class ProfileReader
{
    private const string FileName = "profiles.yml";

    /// <param name="folder">Where <c>profiles.yml</c> is.</param>
    /// <param name="targetName">Over the profile's own target; <see langword="null"/> for that.</param>
    public static DbtProfile Read(string folder, string? profileName, string? targetName, YamlRendering rendering)
    {
        var file = Path.Combine(folder, FileName);
        var profiles = File.Exists(file) ? YamlFile.Read(file, FileName).Root as PyDict : null;
        if (profileName is null)
        {
            throw DbtProjectException.Runtime("No profile is named: dbt_project.yml needs a key 'profile'.");
        }

        var profile = profiles?.Get(profileName) as PyDict ?? throw DbtProjectException.Runtime($"Could not find profile named '{profileName}' in {FileName}");
        var target = targetName ?? PyText(rendering.Render(profile.Get("target"))) ?? "default";
        var outputs = profile.GetDictionary("outputs");
        var values = outputs.Get(target) as PyDict ?? throw DbtProjectException.Runtime(
            $"The profile '{profileName}' does not have a target named '{target}'. The valid target names for this profile are:\n"
            + string.Join('\n', outputs.Keys.Select(PyValue.Text).Select(name => $" - {name}")));
        return Checked(new DbtProfile(profileName, target, (PyDict)rendering.Render(values)!));
    }

    private static DbtProfile Checked(DbtProfile profile) => profile.Values.GetText("type") switch
    {
        "duckdb" => profile,
        "trino" when profile.Schema.Length > 0 => profile,
        "trino" => throw Invalid(profile, "'schema' is a required property"),
        null => throw Invalid(profile, "'type' is a required property"),
        var type => throw Invalid(profile, $"Could not find adapter type {type}! The embedded dbt knows duckdb and trino."),
    };

    private static DbtProjectException Invalid(DbtProfile profile, string why) =>
        DbtProjectException.Runtime($"Credentials in profile \"{profile.Name}\", target \"{profile.TargetName}\" invalid ({FileName}): {why}");

    private static string? PyText(object? value) => value is null ? null : PyValue.Text(value);
}
