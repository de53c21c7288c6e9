using System.Text.Json;
using Recoup.Client.CommandLine;

namespace Recoup.Client.Tests.Lint;

/// <summary>The scripts and the project as the build puts them beside the program.</summary>
[TestClass]
public sealed class LintCommandTests
{
    [TestMethod]
    [DataRow("flink")]
    [DataRow("dbt")]
    public async Task Lint_WhatShips_FindsNothing(string folder)
    {
        var (code, output, error) = await LintAsync(Path.Combine(AppContext.BaseDirectory, folder));

        Assert.AreEqual(ExitCodes.Success, code, error);
        Assert.AreEqual(0, JsonDocument.Parse(output).RootElement.GetProperty("findings").GetArrayLength());
    }

    [TestMethod]
    public async Task Lint_ModelOfDuckDbAlone_NamesFileAndLine()
    {
        var project = Directory.CreateTempSubdirectory("recoup-lint-test-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(project, "dbt_project.yml"), "name: small\nprofile: small\n");
            await File.WriteAllTextAsync(
                Path.Combine(project, "profiles.yml"),
                "small:\n  target: lake\n  outputs:\n    lake: {type: trino, method: none, host: h, port: 1, user: u, database: lake, schema: silver, threads: 1}\n");
            Directory.CreateDirectory(Path.Combine(project, "models"));
            await File.WriteAllTextAsync(Path.Combine(project, "models", "m.sql"), "{% set word = 'PAY%' %}select\n    'payment' ilike '{{ word }}' as is_payment\n");

            var (code, output, error) = await LintAsync(project);

            Assert.AreEqual(ExitCodes.Failure, code, error);
            var finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Single();
            StringAssert.EndsWith(finding.GetProperty("file").GetString(), Path.Combine("models", "m.sql"));
            Assert.AreEqual(2, finding.GetProperty("line").GetInt32());
        }
        finally
        {
            Directory.Delete(project, recursive: true);
        }
    }

    private static async Task<(int Code, string Output, string Error)> LintAsync(string folder)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await RecoupCommandLine.RunAsync(["lint", folder, "--json"], output, error, EnvironmentSettings.Empty());
        return (code, output.ToString(), error.ToString());
    }
}
