using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Recoup.Payments;

public sealed class PaymentOptions
{
    /// <summary>Wall time after which a gateway's answer is given up and looked up by key; 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan GatewayTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest pause (wall time) between two tries to reach a gateway or the workflow server that does not answer; 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan RetryPauseMax { get; set; } = TimeSpan.FromSeconds(30);
}

[OptionsValidator]
public sealed partial class PaymentOptionsValidator : IValidateOptions<PaymentOptions>;
