using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Context;
using Recoup.Lakehouse.Dbt.Jinja.Context;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Macros;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Reads project, profile and macros for one call.</summary>
internal sealed class SessionFactory(DbtSettings settings, DbtCommand command)
{
    private readonly List<string> console = [];

    public DbtSession Create()
    {
        var root = Path.GetFullPath(settings.ProjectFolder);
        var variables = new PyDict(command.Variables.Select(entry => KeyValuePair.Create<object?, object?>(entry.Key, PlainValue.Of(entry.Value))));
        var standard = DbtBaseContext.Create(Options(variables, environment: settings.Environment));
        standard["var"] = new NodeVar(variables, "dbt_project.yml", isRequired: true);
        var project = ProjectReader.Read(root, new YamlRendering(standard, "dbt_project.yml"));
        var profile = ProfileReader.Read(
            settings.ProfilesFolder, project.Values.GetText("profile"), command.Target ?? settings.Target, new YamlRendering(standard, "profiles.yml"));
        var all = new PyDict([.. project.Variables, .. variables]);
        return new DbtSession
        {
            Command = command,
            Project = project,
            Target = new TargetFolder(settings.TargetFolder ?? Path.Combine(project.Root, project.TargetPath)),
            Profile = profile,
            Macros = MacroRegistry.Load(project),
            Variables = all,
            Base = Options(all, settings.Environment),
            Console = console,
        };
    }

    private DbtContextOptions Options(PyDict variables, Func<string, string?> environment) => new()
    {
        Clock = settings.Clock,
        Environment = environment,
        Variables = variables.ToDictionary(entry => entry.KeyText(), entry => entry.Value, StringComparer.Ordinal),
        Log = (text, isInfo) =>
        {
            if (isInfo)
            {
                console.Add(text);
            }
        },
        InvocationId = Guid.NewGuid().ToString(),
        RunStartedAt = settings.Clock.GetUtcNow(),
        Flags = new Dictionary<string, object?>
        {
            ["FULL_REFRESH"] = command.FullRefresh,
            ["WHICH"] = command.Verb,
            ["STORE_FAILURES"] = command.StoreFailures,
            ["FAIL_FAST"] = command.FailFast,
            ["WARN_ERROR"] = command.WarnError,
            ["INDIRECT_SELECTION"] = command.IndirectSelection,
            ["EMPTY"] = false,
        },
    };
}
