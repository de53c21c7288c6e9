using Recoup.Embedded.Temporal.Runs;
using Recoup.Embedded.Temporal.Visibility;

namespace Recoup.Embedded.Temporal.Tests.Visibility;

[TestClass]
public sealed class QueryTests
{
    private static readonly SearchAttributeTypes Types = Registered();

    [TestMethod]
    [DataRow("WorkflowType = 'Odd'", "workflow_type = $1")]
    [DataRow("WorkflowType = \"Odd\"", "workflow_type = $1")]
    [DataRow("`WorkflowType` != 'it''s'", "workflow_type != $1")]
    [DataRow("ExecutionStatus IN ('Failed', 'Terminated')", "status IN ($1, $2)")]
    [DataRow("CloseTime IS NULL", "closed_at IS NULL")]
    [DataRow("CloseTime > '2020-01-01T00:00:00Z'", "close_order > $1")]
    [DataRow("Num BETWEEN 2 AND 4", "(json_extract(attributes, $1) BETWEEN $2 AND $3)")]
    [DataRow("WorkflowType = 'a' and Num > 3 or Num = 0", "((workflow_type = $1 AND json_extract(attributes, $2) > $3) OR json_extract(attributes, $4) = $5)")]
    [DataRow("NOT (Num > 2)", "NOT (json_extract(attributes, $1) > $2)")]
    public void Translate_AQuery_IsSqlWithParameters(string query, string sql) =>
        Assert.AreEqual(sql, new SqlTranslation(Types, 1).Translate(QueryParser.Parse(query).Where!));

    [TestMethod]
    [DataRow("Nope = 1", "column name 'Nope' is not a valid search attribute")]
    [DataRow("workflowType = 'x'", "column name 'workflowType' is not a valid search attribute")]
    [DataRow("WorkflowType", "incomplete expression")]
    [DataRow("WorkflowType =", "syntax error")]
    [DataRow("WorkflowType = Odd", "did you forget to quote 'Odd'?")]
    [DataRow("WorkflowType LIKE 'x'", "invalid operator 'like'")]
    [DataRow("ExecutionStatus = 'running'", "invalid ExecutionStatus value 'running'")]
    [DataRow("StartTime > '2020-01-01'", "unable to parse datetime '2020-01-01'")]
    [DataRow("Num = 'text'", "invalid value for search attribute Num")]
    [DataRow("WorkflowType = 'x' ORDER BY StartTime", "'order by' clause")]
    [DataRow("WorkflowType = 'x' LIMIT 2", "'limit' clause")]
    [DataRow("GROUP BY WorkflowType", "only supported for ExecutionStatus")]
    [DataRow("WorkflowType = 'x", "syntax error")]
    [DataRow("WorkflowType = 'x' ; DROP TABLE runs", "syntax error")]
    public void Parse_AQueryThatIsNone_SaysWhatIsWrong(string query, string problem)
    {
        var refused = Assert.ThrowsExactly<InvalidQueryException>(() => new SqlTranslation(Types, 1).Translate(QueryParser.Parse(query).Where!));
        StringAssert.Contains(refused.Message, problem);
    }

    [TestMethod]
    public void Parse_GroupByStatus_HasNoCondition()
    {
        var query = QueryParser.Parse("GROUP BY ExecutionStatus");

        Assert.IsNull(query.Where);
        Assert.AreEqual("ExecutionStatus", query.GroupBy);
    }

    [TestMethod]
    [DataRow("1h30m", 5_400_000_000_000)]
    [DataRow("01:00:00", 3_600_000_000_000)]
    [DataRow("1.5s", 1_500_000_000)]
    public void Nanoseconds_OfADuration_AreCounted(string text, long expected) => Assert.AreEqual(expected, DurationText.Nanoseconds(new Literal(text)));

    [TestMethod]
    [DataRow("alpha beta3", "beta3", true)]
    [DataRow("alpha beta3", "ALPHA", true)]
    [DataRow("alpha beta3", "beta", false)]
    public void Matches_AText_ByWholeWords(string text, string wanted, bool expected) => Assert.AreEqual(expected, TextSearch.Matches(text, wanted));

    private static SearchAttributeTypes Registered()
    {
        var types = new SearchAttributeTypes(new Limits());
        types.Register("Num", IndexedValueType.Int);
        return types;
    }
}
