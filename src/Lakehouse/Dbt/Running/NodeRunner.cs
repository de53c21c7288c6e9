using Recoup.Lakehouse.Dbt.Artifacts;
using Recoup.Lakehouse.Dbt.Graph;
using Recoup.Lakehouse.Dbt.Jinja;
using Recoup.Lakehouse.Dbt.Parsing;
using Recoup.Lakehouse.Dbt.Projects;
using Recoup.Lakehouse.Dbt.Warehouses;

namespace Recoup.Lakehouse.Dbt.Running;

/// <summary>Runs one node, and makes of every failure a result.</summary>
internal sealed class NodeRunner(DbtSession session, NodeCompiler compiler, TargetFolder target)
{
    private readonly ModelRun models = new(session);
    private readonly SeedRun seeds = new(session);
    private readonly DataTestRun tests = new(session);
    private readonly UnitTestRun units = new(session, compiler, target);

    public async Task<NodeOutcome> RunAsync(DbtNode node, CancellationToken cancellation)
    {
        var clock = session.Base.Clock;
        var (startedAt, ticks) = (clock.GetUtcNow(), clock.GetTimestamp());
        var outcome = await CatchAsync(node, cancellation);
        return outcome with { StartedAt = startedAt, Elapsed = clock.GetElapsedTime(ticks) };
    }

    private async Task<NodeOutcome> CatchAsync(DbtNode node, CancellationToken cancellation)
    {
        var code = (string?)null;
        try
        {
            if (node.ResourceType == ResourceType.Seed)
            {
                return await seeds.RunAsync(node, cancellation);
            }

            if (node.Exposure is not null)
            {
                return new NodeOutcome(node, NodeOutcome.NoOp, "NO-OP", 0);
            }

            if (node.UnitTest is { } unit)
            {
                return await units.RunAsync(node, unit, cancellation);
            }

            var compiled = compiler.Compile(node);
            code = compiled.Code;
            target.WriteCompiled(node, code);
            RefuseRecursion(compiled);
            var outcome = node.ResourceType == ResourceType.Test
                ? await tests.RunAsync(node, compiled, cancellation)
                : await models.RunAsync(node, compiled, cancellation);
            return outcome with { CompiledCode = code };
        }
        catch (JinjaException failed)
        {
            return Failed(node, code, TemplateFailure.Kind(failed), TemplateFailure.Message(failed));
        }
        catch (WarehouseException failed)
        {
            return Failed(node, code, Kind(failed), failed.Message);
        }
        catch (DbtProjectException failed)
        {
            return new NodeOutcome(node, NodeOutcome.Error, failed.Message) { CompiledCode = code };
        }
    }

    /// <summary>Trino wants the columns of every expression in a recursive <c>with</c> named, which those of ephemeral models are not.</summary>
    private void RefuseRecursion(CompiledNode compiled)
    {
        var words = new SqlWords(compiled.Code);
        if (session.Profile.Type == "trino" && compiled.Ctes.Count > 0 && words.Next()?.Text.ToUpperInvariant() == "WITH" && words.Next()?.Text.ToUpperInvariant() == "RECURSIVE")
        {
            throw new WarehouseException("missing column aliases in recursive WITH query: make the ephemeral model that it reads a view.");
        }
    }

    private static NodeOutcome Failed(DbtNode node, string? code, string kind, string message) =>
        new(node, NodeOutcome.Error, DbtProjectException.Format(kind, message, node.Place)) { CompiledCode = code };

    private string Kind(WarehouseException failed) => failed.Kind is WarehouseFailure.Compilation ? "Compilation Error"
        : session.Profile.Type == "trino" ? "Database Error" : "Runtime Error";
}
