using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Tests;

/// <summary>A terminal of a given width that keeps what is written to it.</summary>
internal static class Screen
{
    public static string Draw(IRenderable content, int columns = 120, bool colours = false)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(text),
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.TrueColor : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = columns;
        console.Profile.Capabilities.Unicode = true;
        console.Write(content);
        return text.ToString();
    }
}
