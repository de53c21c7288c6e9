using System.ComponentModel.DataAnnotations;

namespace Recoup.Embedded.Temporal.Hosting;

/// <summary>How an embedded server runs.</summary>
public sealed class EmbeddedTemporalOptions
{
    /// <summary>The IP address to listen on; anything but loopback opens it to the network without authorisation.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port; 0 takes a free one.</summary>
    [Range(0, 65_535, ErrorMessage = "Port (--port) must be between {1} and {2}.")]
    public int Port { get; set; } = 7233;

    /// <summary>The database file; null keeps everything in a temporary file that is gone afterwards.</summary>
    public string? DatabaseFile { get; set; }

    /// <summary>The namespaces; "default" is there in any case.</summary>
    public IList<string> Namespaces { get; } = [];

    /// <summary>Search attributes to register: name to type (Text, Keyword, Int, Double, Bool, Datetime, KeywordList).</summary>
    public IDictionary<string, string> SearchAttributes { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long closed workflows are kept.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// No timer, time-out or retry comes sooner than this after it was set. The real development server fires nothing
    /// earlier than about a second, and the program does the same; hosted in a process the default is to be exact.
    /// </summary>
    public TimeSpan TimerFloor { get; set; }

    /// <summary>From so many events of a history on, workers are told that continuing as new would be wise.</summary>
    [Range(1, 51_200, ErrorMessage = "SuggestContinueAsNewEvents must be between {1} and {2}.")]
    public int SuggestContinueAsNewEvents { get; set; } = 4 * 1_024;

    /// <summary>How many executions are kept in memory beside those in use; the others are read from the file when needed.</summary>
    [Range(1, 1_000_000, ErrorMessage = "CachedExecutionsMax must be between {1} and {2}.")]
    public int CachedExecutionsMax { get; set; } = 2_000;
}
