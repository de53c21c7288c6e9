using Spectre.Console;
using Spectre.Console.Rendering;

namespace Recoup.Client.Terminals;

/// <summary>Draws a screen again and again on a terminal while work goes on; in a pipe it only waits.</summary>
internal static class LiveScreen
{
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(250);

    public static async Task ShowAsync(Terminal terminal, Func<IRenderable> render, Task work)
    {
        if (!terminal.IsLive)
        {
            await work;
            return;
        }

        await terminal.Screen.Live(render()).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            using var ticks = new PeriodicTimer(Refresh);
            while (!work.IsCompleted)
            {
                live.UpdateTarget(render());
                await Task.WhenAny(work, ticks.WaitForNextTickAsync().AsTask());
            }

            await work;
        });
    }
}
