using Recoup.Client.CommandLine;

namespace Recoup.Client.Replay;

/// <summary>The payloads in a folder and the folders below it, by path.</summary>
internal static class PayloadFolder
{
    /// <exception cref="CommandFailedException">There is no such folder, or nothing in it.</exception>
    public static async Task<IReadOnlyList<WebhookPayload>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException($"There is no folder '{folder}'.", "Name one that holds webhook payloads as *.json.");
        }

        var payloads = new List<WebhookPayload>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            // The folder's own name counts too: replay inputs/stripe is as clear as replay inputs.
            var name = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(folder).TrimEnd(Path.DirectorySeparatorChar)) ?? folder, file);
            payloads.Add(WebhookPayload.Recognise(name, await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return payloads.Count > 0
            ? payloads
            : throw new CommandFailedException($"There are no *.json files in '{folder}'.", "Each file is one webhook payload, as Stripe or Square sends it.");
    }
}
