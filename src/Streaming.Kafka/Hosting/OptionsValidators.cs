using Microsoft.Extensions.Options;
using Recoup.Streaming.Kafka.Producing;

namespace Recoup.Streaming.Kafka.Hosting;

[OptionsValidator]
internal sealed partial class KafkaStreamOptionsValidator : IValidateOptions<KafkaStreamOptions>;

[OptionsValidator]
internal sealed partial class KafkaProducerOptionsValidator : IValidateOptions<KafkaProducerOptions>;
