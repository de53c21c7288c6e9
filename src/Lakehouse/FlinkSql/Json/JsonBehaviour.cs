using Recoup.Lakehouse.FlinkSql.Native;

namespace Recoup.Lakehouse.FlinkSql.Json;

/// <summary>What ON EMPTY or ON ERROR asks for.</summary>
internal sealed record JsonBehaviour(string Kind, string? Default)
{
    public bool IsNull => Kind == "NULL";

    public bool Fails => Kind == "ERROR";

    public void Write(ref Result result)
    {
        switch (Kind)
        {
            case "ERROR":
                throw new FlinkValueException("A JSON function found nothing where ERROR ON EMPTY or ERROR ON ERROR was asked for.");
            case "DEFAULT":
                result.Text(Default);
                break;
            case "EMPTY ARRAY":
                result.Bytes("[]"u8);
                break;
            case "EMPTY OBJECT":
                result.Bytes("{}"u8);
                break;
        }
    }
}
