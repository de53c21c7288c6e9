using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;

namespace Recoup.Lakehouse.Dbt.Parsing;

/// <summary>Reads the rows of a unit test, in the file or in a fixture of its own.</summary>
internal sealed class UnitTestRowsReader(ProjectDefinition project)
{
    public UnitTestRows Read(SchemaEntry entry, PyDict input)
    {
        var format = input.GetText("format") ?? "dict";
        var fixture = input.GetText("fixture");
        var written = fixture is null ? input.Get("rows") : ReadFixture(entry, fixture, format);
        return format switch
        {
            "dict" when written is null or PyList => new UnitTestRows(format, [.. ((PyList?)written ?? []).OfType<PyDict>()], null, fixture),
            "csv" when written is null or string => new UnitTestRows(format, [.. CsvRows.Read((string?)written ?? "")], null, fixture),
            "sql" when written is string sql => new UnitTestRows(format, [], sql.TrimEnd('\n', ' '), fixture),
            "dict" => throw Mismatch(entry, format, "list"),
            "csv" or "sql" => throw Mismatch(entry, format, "string"),
            _ => throw SchemaValidation.Refuse(entry, "'format'", $"'{format}' is not one of ['csv', 'dict', 'sql']"),
        };
    }

    private static DbtProjectException Mismatch(SchemaEntry entry, string format, string expected) => DbtProjectException.Parsing(
        $"Unit test {entry.Name} has input rows or fixtures which do not match format {format}.  Expected {expected}. ({entry.File}, line {entry.Line})");

    private string ReadFixture(SchemaEntry entry, string fixture, string format)
    {
        var files = ProjectFiles.Find(project, project.TestPaths.Select(path => $"{path}/fixtures"), $".{format}");
        return files.FirstOrDefault(file => Path.GetFileNameWithoutExtension(file.Path) == fixture)?.ReadStripped() ?? throw DbtProjectException.Parsing(
            $"Unable to find fixture '{fixture}' of unit test '{entry.Name}' in {entry.File}: it is a file tests/fixtures/{fixture}.{format}");
    }
}
