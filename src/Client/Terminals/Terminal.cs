using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Recoup.Client.Terminals;

/// <summary>Where a command speaks: screens on standard output, or one JSON document there; errors on standard error.</summary>
internal sealed class Terminal
{
    /// <summary>Columns in a pipe, where nobody says how wide it is.</summary>
    private const int PipeColumns = 120;

    private static readonly JsonSerializerOptions IndentedJson = new(RecoupJson.Options) { WriteIndented = true };

    private readonly TextWriter output;
    private readonly TextWriter error;

    private Terminal(TextWriter output, TextWriter error, IAnsiConsole screen, bool isJson)
    {
        this.output = output;
        this.error = error;
        Screen = screen;
        IsJson = isJson;
    }

    /// <summary>For people. Not to be written to when <see cref="IsJson"/>.</summary>
    public IAnsiConsole Screen { get; }

    /// <summary>Only <see cref="WriteJson"/> may write to standard output.</summary>
    public bool IsJson { get; }

    /// <summary>True when progress may be drawn over and over; false in a pipe, in a file and for JSON.</summary>
    public bool IsLive => !IsJson && Screen.Profile.Capabilities is { Interactive: true, Ansi: true };

    public static Terminal Create(TextWriter output, TextWriter error, bool isJson)
    {
        var isConsole = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected;
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = isConsole ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isConsole ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = isConsole ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!isConsole)
        {
            screen.Profile.Width = ColumnsOfPipe();
            screen.Profile.Capabilities.Unicode = true;
        }

        return new Terminal(output, error, screen, isJson);
    }

    /// <summary>Prints the command's one document, under the shapes of <see cref="RecoupJson"/>.</summary>
    public void WriteJson<T>(T document) => output.WriteLine(JsonSerializer.Serialize(document, IndentedJson));

    public void WriteError(string message, string? remedy = null)
    {
        error.WriteLine(message);
        if (remedy is not null)
        {
            error.WriteLine(remedy);
        }
    }

    private static int ColumnsOfPipe() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns >= 40
            ? columns
            : PipeColumns;
}
