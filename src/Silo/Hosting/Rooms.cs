using Recoup.Silo.Settings;
using Recoup.Silo.Workflows;

namespace Recoup.Silo.Hosting;

/// <summary>Puts the product's rooms into the silo: each registers itself, and gets its settings here.</summary>
internal static class Rooms
{
    public static void AddRooms(this WebApplicationBuilder builder, RecoupSettings settings)
    {
        if (settings.Temporal.IsEmbedded)
        {
            builder.Services.AddHostedService<EmbeddedTemporalService>();
        }
    }
}
