using System.ComponentModel.DataAnnotations;
using System.Net;
using Recoup.Embedded.Kafka.Topics;

namespace Recoup.Embedded.Kafka.Hosting;

internal static class OptionsCheck
{
    /// <summary>Where to listen, when everything else is good too.</summary>
    /// <exception cref="EmbeddedKafkaException">Names the option that is wrong and what would be right.</exception>
    public static IPEndPoint Parse(EmbeddedKafkaOptions options)
    {
        var problems = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true))
        {
            throw new EmbeddedKafkaException(string.Join(" ", problems.Select(problem => problem.ErrorMessage)));
        }

        if (!IPAddress.TryParse(options.Host == "localhost" ? "127.0.0.1" : options.Host, out var address))
        {
            throw new EmbeddedKafkaException($"Host (--host) '{options.Host}' is no IP address, such as 127.0.0.1.");
        }

        if (options.RetentionTime < TimeSpan.FromSeconds(1))
        {
            throw new EmbeddedKafkaException($"RetentionTime (--retention) {options.RetentionTime} is shorter than a second.");
        }

        foreach (var (name, partitions) in options.Topics)
        {
            if (TopicName.Problem(name) is { } problem)
            {
                throw new EmbeddedKafkaException($"Topics (--topic) '{name}': {problem}.");
            }

            if (partitions is < 1 or > 1_000)
            {
                throw new EmbeddedKafkaException($"Topics (--topic) '{name}' must have between 1 and 1000 partitions, not {partitions}.");
            }
        }

        return new IPEndPoint(address, options.Port);
    }
}
