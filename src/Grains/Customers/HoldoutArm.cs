using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Recoup.Customers;

/// <summary>Assigns a customer to an arm of the experiment: a function of the id alone, so that it is the same on every machine and for ever.</summary>
public static class HoldoutArm
{
    public const string Treatment = "treatment";
    public const string Holdout = "holdout";

    /// <param name="customerId">The customer.</param>
    /// <param name="holdoutShare">0 to 1.</param>
    public static string Of(string customerId, double holdoutShare)
    {
        // The prefix keeps this draw apart from any other that is made from the same id.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes("holdout:" + customerId));
        var draw = BinaryPrimitives.ReadUInt64BigEndian(hash) / (double)ulong.MaxValue;
        return draw < holdoutShare ? Holdout : Treatment;
    }
}
