namespace Recoup.Platform.Bench.Watching;

/// <summary>Whose a record of the log is.</summary>
internal enum Origin : byte
{
    /// <summary>Published by the silo: grains, webhooks, alerts.</summary>
    Recoup,

    /// <summary>A valid charge of a payment that no grain knows.</summary>
    Fill,

    /// <summary>One of the simulator's bad records.</summary>
    Bad,
}
