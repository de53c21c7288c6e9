using System.Security.Cryptography;
using System.Text;
using Recoup.Lakehouse.FlinkSql.Binding;
using Recoup.Lakehouse.FlinkSql.Native;
using Recoup.Lakehouse.FlinkSql.Semantics;
using Recoup.Lakehouse.FlinkSql.Types;

namespace Recoup.Lakehouse.FlinkSql.Functions;

/// <summary>Texts and binaries in each other's form, and their hashes.</summary>
internal static class EncodingFunctions
{
    public static void AddTo(Dictionary<string, Func<CallContext, BoundExpression>> catalog)
    {
        catalog["ENCODE"] = BindEncode;
        catalog["DECODE"] = BindDecode;
        catalog["TO_BASE64"] = call => Map(call, FlinkType.String, text => Convert.ToBase64String(text));
        catalog["HEX"] = call => Map(call, FlinkType.String, text => Convert.ToHexString(text));
#pragma warning disable CA5350, CA5351 // Flink's MD5 and SHA1 are called by name, as checksums.
        catalog["MD5"] = call => Map(call, FlinkType.Char(32), text => Lower(MD5.HashData(text)));
        catalog["SHA1"] = call => Map(call, FlinkType.Char(40), text => Lower(SHA1.HashData(text)));
#pragma warning restore CA5350, CA5351
        catalog["SHA256"] = call => Map(call, FlinkType.Char(64), text => Lower(SHA256.HashData(text)));
        catalog["SHA384"] = call => Map(call, FlinkType.Char(96), text => Lower(SHA384.HashData(text)));
        catalog["SHA512"] = call => Map(call, FlinkType.Char(128), text => Lower(SHA512.HashData(text)));
    }

    private delegate string ByteMap(ReadOnlySpan<byte> text);

    private static string Lower(byte[] hash) => Convert.ToHexStringLower(hash);

    private static BoundExpression Map(CallContext call, FlinkType type, ByteMap map)
    {
        call.ExpectCount(1, 1);
        return call.Kernel(type, (in Arguments arguments, ref Result result) => result.Text(map(arguments.Bytes(0))), [call.Text(0)]);
    }

    /// <summary>BYTES to Flink 2.3, BINARY(1) to 2.1: a CASE around it would cut it there, so it is typed BINARY(1) and a CASE refuses it.</summary>
    private static BoundExpression BindEncode(CallContext call)
    {
        call.ExpectCount(2, 2);
        var charset = Charset(call);
        return call.Kernel(
            FlinkType.Binary(1),
            (in Arguments arguments, ref Result result) =>
            {
                var text = arguments.Bytes(0);
                if (charset is UTF8Encoding || Ascii.IsValid(text))
                {
                    result.Bytes(text);
                }
                else
                {
                    result.Bytes(JavaEncodings.Encode(charset, arguments.Text(0)));
                }
            },
            [call.Text(0)],
            $"ENCODE {charset.WebName}");
    }

    private static BoundExpression BindDecode(CallContext call)
    {
        call.ExpectCount(2, 2);
        var charset = Charset(call);
        return call.Kernel(
            FlinkType.String,
            (in Arguments arguments, ref Result result) =>
            {
                var bytes = arguments.Bytes(0);
                if (Ascii.IsValid(bytes) || (charset is UTF8Encoding && System.Text.Unicode.Utf8.IsValid(bytes)))
                {
                    result.Bytes(bytes);
                }
                else
                {
                    result.Text(charset.GetString(bytes));
                }
            },
            [call.Binary(0)],
            $"DECODE {charset.WebName}");
    }

    private static Encoding Charset(CallContext call) => JavaEncodings.Find(call.ConstantText(1, "a charset"))
        ?? throw call.Refuse($"the charset '{call[1].ConstantText}' is not in the shared subset", "Write 'UTF-8', 'ISO-8859-1' or 'US-ASCII'");
}
