using Microsoft.Extensions.Options;
using Recoup.Clock;
using Recoup.Lakehouse.Iceberg.Hosting;
using Recoup.Pipeline;
using Recoup.Silo.Pipeline;

namespace Recoup.Silo.Settings;

/// <summary>
/// The sections that composition itself needs before there is a container: ports, folder, engines. They are bound and validated here, and registered as
/// options for the services, which get nothing else to read.
/// </summary>
public sealed class RecoupSettings
{
    private RecoupSettings(IConfiguration configuration)
    {
        Recoup = Read(configuration, RecoupOptions.Section, new RecoupOptionsValidator());
        Storage = Read(configuration, StorageOptions.Section, new StorageOptionsValidator());
        Http = Read(configuration, HttpOptions.Section, new HttpOptionsValidator());
        Silo = Read(configuration, SiloPortOptions.Section, new SiloPortOptionsValidator());
        Temporal = Read(configuration, TemporalOptions.Section, new TemporalOptionsValidator());
        Kafka = Read(configuration, KafkaOptions.Section, new KafkaOptionsValidator());
        Lake = Read(configuration, LakeOptions.Section, new LakeOptionsValidator());
        S3 = Read(configuration, S3Options.Section, new S3OptionsValidator());
        Validation = Read(configuration, ValidationSettings.Section, new ValidationSettingsValidator());
        Gateway = Read(configuration, GatewayOptions.Section, new GatewayOptionsValidator());
        Clock = Read(configuration, ClockOptions.Section, new ClockOptionsValidator());
        Attention = Read(configuration, AttentionOptions.Section, new AttentionOptionsValidator());
        Pipeline = Read(configuration, PipelineOptions.Section, new PipelineOptionsValidator());
        PipelineHosting.RefuseWrongCron(Pipeline);
    }

    public RecoupOptions Recoup { get; }

    public StorageOptions Storage { get; }

    public HttpOptions Http { get; }

    public SiloPortOptions Silo { get; }

    public TemporalOptions Temporal { get; }

    public KafkaOptions Kafka { get; }

    public LakeOptions Lake { get; }

    public S3Options S3 { get; }

    public ValidationSettings Validation { get; }

    public GatewayOptions Gateway { get; }

    public ClockOptions Clock { get; }

    public AttentionOptions Attention { get; }

    public PipelineOptions Pipeline { get; }

    /// <summary>The data folder, as a full path.</summary>
    public string DataFolder => Path.GetFullPath(Recoup.DataDirectory);

    /// <exception cref="StartRefusedException">A setting is wrong, or belongs to a later stage; the message names it.</exception>
    public static RecoupSettings Read(IConfiguration configuration)
    {
        LaterSettings.Refuse(configuration);
        return new(configuration);
    }

    /// <summary>Registers every section, validated again at start for whoever changes an option in code.</summary>
    public void Register(IServiceCollection services, IConfiguration configuration)
    {
        Register<RecoupOptions, RecoupOptionsValidator>(services, configuration, RecoupOptions.Section);
        Register<StorageOptions, StorageOptionsValidator>(services, configuration, StorageOptions.Section);
        Register<HttpOptions, HttpOptionsValidator>(services, configuration, HttpOptions.Section);
        Register<SiloPortOptions, SiloPortOptionsValidator>(services, configuration, SiloPortOptions.Section);
        Register<TemporalOptions, TemporalOptionsValidator>(services, configuration, TemporalOptions.Section);
        Register<KafkaOptions, KafkaOptionsValidator>(services, configuration, KafkaOptions.Section);
        Register<LakeOptions, LakeOptionsValidator>(services, configuration, LakeOptions.Section);
        Register<S3Options, S3OptionsValidator>(services, configuration, S3Options.Section);
        Register<ValidationSettings, ValidationSettingsValidator>(services, configuration, ValidationSettings.Section);
        Register<GatewayOptions, GatewayOptionsValidator>(services, configuration, GatewayOptions.Section);
        Register<ClockOptions, ClockOptionsValidator>(services, configuration, ClockOptions.Section);
        Register<AttentionOptions, AttentionOptionsValidator>(services, configuration, AttentionOptions.Section);
        Register<PipelineOptions, PipelineOptionsValidator>(services, configuration, PipelineOptions.Section);
    }

    private static void Register<TOptions, TValidator>(IServiceCollection services, IConfiguration configuration, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TOptions>, TValidator>();
    }

    private static TOptions Read<TOptions>(IConfiguration configuration, string section, IValidateOptions<TOptions> validator)
        where TOptions : class, new()
    {
        var options = new TOptions();
        try
        {
            configuration.GetSection(section).Bind(options);
        }
        catch (InvalidOperationException exception)
        {
            throw new StartRefusedException($"A setting of {section}__... cannot be read: {exception.Message.ReplaceLineEndings(" ")}", exception);
        }

        var result = validator.Validate(Options.DefaultName, options);
        return result.Failed ? throw new StartRefusedException($"{section}: {string.Join(" ", result.Failures!)}") : options;
    }
}
