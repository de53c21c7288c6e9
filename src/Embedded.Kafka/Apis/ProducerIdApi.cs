using Recoup.Embedded.Kafka.Protocol;

namespace Recoup.Embedded.Kafka.Apis;

/// <summary>InitProducerId: an id for an idempotent producer. Transactions are refused: with the error that makes every client stop, since it means that no try will ever help.</summary>
internal sealed class ProducerIdApi(ProducerIds ids)
{
    public WireWriter Handle(in RequestContext request)
    {
        var transactionalId = request.Body.NullableString();
        var error = transactionalId switch
        {
            null => ErrorCode.None,
            "" => ErrorCode.InvalidRequest,
            _ => ErrorCode.TransactionalIdAuthorizationFailed,
        };
        var answer = request.Answer();
        answer.NoThrottle();
        answer.Error(error);
        answer.Int64(error == ErrorCode.None ? ids.Next() : -1);
        answer.Int16(error == ErrorCode.None ? (short)0 : (short)-1);
        return answer;
    }
}
