using Recoup.Lakehouse.Dbt.Jinja.Expressions;

namespace Recoup.Lakehouse.Dbt.Jinja.Statements;

/// <summary><c>{% call(x) f() %}body{% endcall %}</c>: the body becomes f's <c>caller</c>.</summary>
internal sealed class CallBlock(Call call, MacroBody body, int line) : Statement
{
    public override Flow Execute(Frame frame)
    {
        frame.Run.Line = line;
        frame.Output.WriteValue(call.EvaluateWith(new Macro(body, frame), frame));
        return Flow.Next;
    }
}
