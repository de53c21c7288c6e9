using Confluent.Kafka;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Recoup.Embedded.Kafka.Hosting;
using Recoup.Embedded.Temporal.Hosting;
using Recoup.Silo.Settings;
using Recoup.Storage.Sqlite;

namespace Recoup.Silo.Hosting;

/// <summary>Turns what stopped a start into the one line that a person can act on.</summary>
public static class StartFailure
{
    /// <summary>Exit code of a start that a setting, a port or a file prevented.</summary>
    public const int ExitCode = 2;

    /// <summary>The line; null when the failure is not one of those that a setting can mend.</summary>
    public static string? Explain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is StartRefusedException or SqliteStorageException or InvalidDataException or OptionsValidationException or AddressInUseException
                or EmbeddedTemporalException or EmbeddedKafkaException)
            {
                return cause.Message.ReplaceLineEndings(" ");
            }

            if (cause is KafkaException)
            {
                return $"The event log cannot be used: {cause.Message.ReplaceLineEndings(" ")} Kafka__BootstrapServers names the brokers; empty starts the embedded one.";
            }
        }

        return null;
    }
}
