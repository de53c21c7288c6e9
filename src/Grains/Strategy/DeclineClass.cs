namespace Recoup.Strategy;

/// <summary>What a rule makes of a decline.</summary>
public enum DeclineClass
{
    /// <summary>The code gives no reason: a retry is allowed, and a less weighty code may say more.</summary>
    Generic,

    /// <summary>The same card may be tried again later.</summary>
    Later,

    /// <summary>The card's data must be corrected first.</summary>
    FixData,

    /// <summary>The cardholder must take part: authentication, PIN.</summary>
    CustomerPresent,

    /// <summary>Never again on this card, until it is another one.</summary>
    Never,
}
