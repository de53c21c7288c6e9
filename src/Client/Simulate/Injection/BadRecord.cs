using System.Text;
using Confluent.Kafka;

namespace Recoup.Client.Simulate.Injection;

/// <summary>A record that no payment is behind, made to be refused.</summary>
/// <param name="Topic">Where it is sent.</param>
/// <param name="Key">Its key, which names no payment.</param>
/// <param name="Value">Its bytes; null is a tombstone.</param>
/// <param name="Fault">What is wrong with it, by name.</param>
/// <param name="Reasons">What the validation must say of it, as in <c>rejection_reason</c>.</param>
internal sealed record BadRecord(string Topic, string Key, byte[]? Value, string Fault, string Reasons)
{
    /// <summary>Tells an injected record from Recoup's own, whatever its value says: Recoup never sets it.</summary>
    public const string InjectedBy = "injected-by";
    public const string FaultHeader = "injected-fault";
    public const string ReasonsHeader = "injected-reasons";

    public Message<string, byte[]?> ToMessage() => new()
    {
        Key = Key,
        Value = Value!,
        Headers = new Headers
        {
            { InjectedBy, "simulator"u8.ToArray() },
            { FaultHeader, Encoding.UTF8.GetBytes(Fault) },
            { ReasonsHeader, Encoding.UTF8.GetBytes(Reasons) },
        },
    };
}
