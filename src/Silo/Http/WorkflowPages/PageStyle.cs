using System.Security.Cryptography;
using System.Text;

namespace Recoup.Silo.Http.WorkflowPages;

/// <summary>The pages' one style sheet, and the policy that allows it, by its hash, and nothing else: no script, no image, no font, no frame.</summary>
internal static class PageStyle
{
    public static string Css { get; } = Read();

    public static string SecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private static string Read()
    {
        using var resource = typeof(PageStyle).Assembly.GetManifestResourceStream("workflows.css")
            ?? throw new InvalidOperationException("The style sheet is not in the assembly.");
        using var reader = new StreamReader(resource);

        // A browser reads line ends as one character before it hashes.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
