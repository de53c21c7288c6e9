namespace Recoup.Gateways.Simulated.World;

/// <summary>Why the issuer said no: the truth, before a network and a processor put it into their codes.</summary>
internal enum DeclineReason
{
    InsufficientFunds,
    DoNotHonor,
    GenericDecline,
    CallIssuer,
    ExpiredCard,
    IncorrectCvc,
    LostCard,
    StolenCard,
    PickupCard,
    TransactionNotAllowed,
    InvalidAccount,
    VelocityExceeded,
    AuthenticationRequired,
    IssuerNotAvailable,
    ProcessingError,
}
