namespace Recoup.Gateways.Simulated.World;

/// <summary>A customer as the world knows them and nobody else does. Made from the id alone, so that a payment of any origin has somebody behind it.</summary>
internal sealed record WorldCustomer(string CustomerId, Country Country, Payday Payday, Dice Dice)
{
    private const double ShareWithBackupCard = 0.35;

    public static WorldCustomer Of(Dice world, string customerId)
    {
        var dice = world.With("customer").With(customerId);
        var country = Country.Draw(dice.With("country"));
        return new WorldCustomer(customerId, country, new Payday(dice.With("payday").PickWeighted(country.Paydays), country.Offset), dice);
    }

    /// <summary>The cards that the merchant keeps on file, in order of use.</summary>
    public IReadOnlyList<string> CardIds => Dice.With("backup").Happens(ShareWithBackupCard) ? [CardId(1), CardId(2)] : [CardId(1)];

    /// <summary>Who does not say which card is charged means the first one.</summary>
    public string CardId(int place) => $"card_{CustomerId}_{place}";
}
