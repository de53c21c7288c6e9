using Recoup.Lakehouse.Dbt.Dialect.Syntax;
using Recoup.Lakehouse.Dbt.Dialect.Types;

namespace Recoup.Lakehouse.Dbt.Dialect.Binding;

/// <summary>Functions over an array with a lambda of one parameter.</summary>
internal sealed partial class ExpressionBinder
{
    private Bound BindLambdaCall(CallExpression call)
    {
        if (call.Arguments is not [var first, LambdaExpression { Parameters: [var parameter] } lambda])
        {
            throw context.Refuse("L15", call.Line, $"{call.Name} with this lambda is not read here", "Keep lambdas to transform, filter, any_match, all_match and none_match");
        }

        var array = Bind(first);
        if (array.Type.Kind is not TypeKind.Array)
        {
            throw array.Type.IsKnown ? context.Refuse("L06", call.Line, $"{call.Name} over {array.Type}", "Give it an array") : context.TypeNotKnown(call.Line, call.Name);
        }

        var inner = new Scope(scope) { IsLambda = true };
        inner.Relations.Add(new ScopeRelation(null, "", [new ScopeColumn(parameter, array.Type.Element, Quoted.Name(parameter))]));
        var binder = new ExpressionBinder(context, queries, inner);
        var body = call.Name == "transform" ? binder.Bind(lambda.Body) : binder.BindCondition(lambda.Body);
        var text = $"lambda {Quoted.Name(parameter)}: {Coercion.Exact(body)}";
        return call.Name switch
        {
            "transform" => Plain($"list_transform({array.Sql}, {text})", TrinoType.ArrayOf(body.Type), call.Line),
            "filter" => Plain($"list_filter({array.Sql}, {text})", array.Type, call.Line),
            "any_match" => Plain($"trino_any(list_transform({array.Sql}, {text}))", TrinoType.Boolean, call.Line),
            "all_match" => Plain($"trino_all(list_transform({array.Sql}, {text}))", TrinoType.Boolean, call.Line),
            "none_match" => Plain($"(NOT trino_any(list_transform({array.Sql}, {text})))", TrinoType.Boolean, call.Line),
            _ => throw context.Refuse("L15", call.Line, $"{call.Name} with a lambda is not read here", "Keep lambdas to transform, filter, any_match, all_match and none_match"),
        };
    }
}
