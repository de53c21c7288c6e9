using System.Text.RegularExpressions;
using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>ApiVersions: what this broker offers.</summary>
internal static partial class ApiVersionsApi
{
    public static WireWriter Handle(in RequestContext request)
    {
        var answer = request.Answer();
        if (request.Header.IsFutureApiVersions)
        {
            // The client cannot know yet which form the answer will have, so the oldest it is.
            WriteOld(answer, ErrorCode.UnsupportedVersion);
            return answer;
        }

        if (request.Version < 3)
        {
            WriteOld(answer, ErrorCode.None);
            if (request.Version > 0)
            {
                answer.NoThrottle();
            }

            return answer;
        }

        var body = request.Body;
        var isNamed = Software().IsMatch(body.CompactString()) & Software().IsMatch(body.CompactString());
        WriteFlexible(answer, isNamed);
        return answer;
    }

    private static void WriteOld(WireWriter answer, ErrorCode error)
    {
        answer.Error(error);
        answer.Int32(OfferedVersions.All.Length);
        foreach (var offered in OfferedVersions.All)
        {
            Write(answer, offered);
        }
    }

    private static void WriteFlexible(WireWriter answer, bool isNamed)
    {
        OfferedVersions[] listed = isNamed ? OfferedVersions.All : [];
        answer.Error(isNamed ? ErrorCode.None : ErrorCode.InvalidRequest);
        answer.CompactLength(listed.Length);
        foreach (var offered in listed)
        {
            Write(answer, offered);
            answer.NoTags();
        }

        answer.NoThrottle();
        answer.NoTags();
    }

    private static void Write(WireWriter answer, OfferedVersions offered)
    {
        answer.Int16((short)offered.Key);
        answer.Int16(offered.Lowest);
        answer.Int16(offered.Highest);
    }

    /// <summary>KIP-511: letters and digits, with dots and dashes between.</summary>
    [GeneratedRegex(@"\A[a-zA-Z0-9](?:[a-zA-Z0-9\-.]*[a-zA-Z0-9])?\z")]
    private static partial Regex Software();
}
