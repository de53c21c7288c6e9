using System.Diagnostics.CodeAnalysis;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Macros;

/// <summary>All macros by package and name: the project's own, and those that come with the runner.</summary>
internal sealed class MacroRegistry
{
    private readonly Dictionary<(string Package, string Name), DbtMacro> macros = [];

    private MacroRegistry(string project) => Project = project;

    /// <summary>The project's name, which is its package.</summary>
    public string Project { get; }

    public IEnumerable<DbtMacro> OfProject => macros.Values.Where(macro => macro.Package == Project);

    public static MacroRegistry Load(ProjectDefinition project)
    {
        var registry = new MacroRegistry(project.Name);
        foreach (var macro in BuiltInMacros.All)
        {
            registry.macros[(macro.Package, macro.Name)] = macro;
        }

        var files = ProjectFiles.Find(project, project.MacroPaths, ".sql")
            .Concat(ProjectFiles.Find(project, project.TestPaths.Select(path => $"{path}/generic"), ".sql"));
        foreach (var file in files)
        {
            registry.Add(project.Name, file.OriginalPath, File.ReadAllText(file.FullPath));
        }

        return registry;
    }

    /// <summary>By its plain name: the project's own hides one that comes with the runner.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out DbtMacro? macro) =>
        macros.TryGetValue((Project, name), out macro) || macros.TryGetValue((DbtMacro.BuiltInPackage, name), out macro);

    public bool TryFind(string package, string name, [NotNullWhen(true)] out DbtMacro? macro) => macros.TryGetValue((package, name), out macro);

    private void Add(string package, string path, string text)
    {
        foreach (var macro in MacroReader.Read(package, path, text))
        {
            if (!macros.TryAdd((package, macro.Name), macro))
            {
                throw DbtProjectException.Compilation(
                    $"dbt found multiple macros named \"{macro.Name}\" in the project \"{package}\".\nAll macros require unique names, to fix this error rename or remove any\n"
                    + $"duplicates. They can be found in these files:\n    - {path}\n    - {macros[(package, macro.Name)].Path}");
            }
        }
    }
}
