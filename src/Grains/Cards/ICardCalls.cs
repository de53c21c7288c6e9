namespace Recoup.Cards;

/// <summary>The card grain's calls to itself.</summary>
[Alias("recoup.card-calls")]
internal interface ICardCalls : IGrainWithStringKey
{
    /// <summary>These payments know of the last update.</summary>
    [Alias("called")]
    Task CalledAsync(IReadOnlyList<string> payments);
}
