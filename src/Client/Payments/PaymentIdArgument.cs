using System.CommandLine;

namespace Recoup.Client.Payments;

/// <summary>An argument that is a payment id: <c>pay_</c> and 26 characters.</summary>
internal static class PaymentIdArgument
{
    private const int Length = 30;

    public static Argument<string> Create()
    {
        var argument = new Argument<string>("payment-id") { Description = "The payment: pay_ and 26 characters." };
        argument.Validators.Add(result =>
        {
            var id = result.Tokens[^1].Value;
            if (!id.StartsWith("pay_", StringComparison.Ordinal) || id.Length != Length)
            {
                result.AddError($"'{id}' is not a payment id: it is pay_ followed by 26 characters.");
            }
        });
        return argument;
    }
}
