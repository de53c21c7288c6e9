using System.Globalization;
using Recoup.Lakehouse.Dbt.Jinja.Values;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Yaml;

namespace Recoup.Lakehouse.Dbt.CommandLine;

/// <summary>Reads the arguments of the <c>dbt</c> command.</summary>
internal static class DbtArguments
{
    private static readonly string[] Verbs =
        ["build", "run", "test", "seed", "compile", "ls", "list", "parse", "show", "run-operation", "retry", "snapshot", "docs", "debug", "deps", "clean"];

    /// <exception cref="DbtProjectException">A word that dbt does not know.</exception>
    public static DbtCommand Parse(IReadOnlyList<string> arguments)
    {
        var words = new Queue<string>(arguments);
        var command = new DbtCommand("");
        while (words.TryDequeue(out var word))
        {
            command = word.StartsWith('-') ? Option(command, word, words)
                : command.Verb.Length == 0 ? command with { Verb = Verb(word, words) }
                : command is { Verb: "run-operation", Macro: null } ? command with { Macro = word }
                : throw Usage($"Got unexpected extra argument ({word})");
        }

        return command.Verb.Length == 0 ? throw Usage("No command is given.") : command;
    }

    private static string Verb(string word, Queue<string> words)
    {
        if (word == "source" && words.TryDequeue(out var below) && below is "freshness" or "snapshot-freshness")
        {
            return "source freshness";
        }

        return Verbs.Contains(word) ? word : throw Usage($"No such command '{word}'.");
    }

    private static DbtCommand Option(DbtCommand command, string word, Queue<string> words) => word switch
    {
        "--select" or "-s" => command with { Select = [.. command.Select, .. Values(words)] },
        "--models" or "--model" or "-m" => command with { Select = [.. command.Select, .. Values(words)], ResourceTypes = command.Verb is "ls" or "list" ? ["model"] : command.ResourceTypes },
        "--exclude" => command with { Exclude = [.. command.Exclude, .. Values(words)] },
        "--selector" => command with { Selector = Value(word, words) },
        "--resource-type" or "--resource-types" => command with { ResourceTypes = [.. command.ResourceTypes, .. Values(words)] },
        "--exclude-resource-type" or "--exclude-resource-types" => command with { ExcludeResourceTypes = [.. command.ExcludeResourceTypes, .. Values(words)] },
        "--indirect-selection" => command with { IndirectSelection = Value(word, words) },
        "--full-refresh" or "-f" => command with { FullRefresh = true },
        "--fail-fast" or "-x" => command with { FailFast = true },
        "--store-failures" => command with { StoreFailures = true },
        "--warn-error" => command with { WarnError = true },
        "--vars" => command with { Variables = Dictionary(word, Value(word, words)) },
        "--target" or "-t" => command with { Target = Value(word, words) },
        "--inline" => command with { Inline = Value(word, words) },
        "--limit" => command with { Limit = int.Parse(Value(word, words), CultureInfo.InvariantCulture) },
        "--args" => command with { MacroArguments = Dictionary(word, Value(word, words)) },
        "--output" or "--threads" or "--log-format" or "--log-level" => Ignore(command, Value(word, words)),
        "--quiet" or "-q" or "--no-partial-parse" or "--no-use-colors" or "--no-send-anonymous-usage-stats" or "--no-version-check" => command,
        _ => throw Usage($"No such option '{word}'."),
    };

    private static DbtCommand Ignore(DbtCommand command, string value) => value.Length > 0 ? command : throw Usage("An option has no value.");

    private static string Value(string option, Queue<string> words) => words.TryDequeue(out var value) ? value : throw Usage($"Option '{option}' requires an argument.");

    private static List<string> Values(Queue<string> words)
    {
        var values = new List<string>();
        while (words.TryPeek(out var next) && !next.StartsWith("--", StringComparison.Ordinal))
        {
            values.Add(words.Dequeue());
        }

        return values;
    }

    private static Dictionary<string, object?> Dictionary(string option, string text)
    {
        try
        {
            return YamlDocument.Load(text, option).Root is PyDict values
                ? values.ToDictionary(entry => entry.KeyText(), entry => entry.Value, StringComparer.Ordinal)
                : throw Usage($"Invalid value for '{option}': '{text}' is not a dictionary.");
        }
        catch (YamlFileException)
        {
            throw Usage($"Invalid value for '{option}': String '{text}' is not valid YAML");
        }
    }

    private static DbtProjectException Usage(string message) => new("Usage Error", message);
}
