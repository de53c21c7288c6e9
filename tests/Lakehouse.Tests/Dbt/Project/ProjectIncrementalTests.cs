using System.Globalization;
using CsCheck;

namespace Recoup.Lakehouse.Tests.Dbt.Project;

/// <summary>The same bronze, in whatever pieces and order it comes, is the same silver and gold as at once.</summary>
[TestClass]
public sealed class ProjectIncrementalTests
{
    /// <summary>Few, since each builds some lakes; RECOUP_PROPERTY_CASES asks for more.</summary>
    private static readonly int Cases = int.TryParse(Environment.GetEnvironmentVariable("RECOUP_PROPERTY_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : 2;

    [TestMethod]
    public void Run_AnySplitAndOrderOfBronze_MakesTheTablesOfOneRunFromScratch() =>
        Gen.Select(Gen.Int, Gen.Int[2, 4]).Sample((seed, runs) => HoldsAsync(seed, runs).GetAwaiter().GetResult(), iter: Cases, threads: 1);

    [TestMethod]
    public async Task Run_OnDuckDbAndOnTheLake_MakesTheSameNumberOfRows()
    {
        var rows = BronzeStory.Of(seed: 5, payments: 40);
        using var lake = await ProjectLake.CreateAsync();
        using var database = new ProjectDatabase();
        foreach (var home in (ProjectHome[])[lake, database])
        {
            await home.AppendAsync(rows);
            await home.MakeTablesAsync();
        }

        var expected = (await lake.TablesAsync()).ToDictionary(table => table.Key, table => table.Value.Length);
        CollectionAssert.AreEquivalent(expected, (await database.TablesAsync()).ToDictionary(table => table.Key, table => table.Value.Length));
    }

    public static void AssertSame(IReadOnlyDictionary<string, string[]> expected, IReadOnlyDictionary<string, string[]> actual)
    {
        CollectionAssert.AreEquivalent(expected.Keys.ToArray(), actual.Keys.ToArray());
        foreach (var (table, rows) in expected)
        {
            CollectionAssert.AreEqual(rows, actual[table], $"{table}: {string.Join('\n', rows.Except(actual[table]).Take(2))}\nagainst\n{string.Join('\n', actual[table].Except(rows).Take(2))}");
        }
    }

    private static async Task HoldsAsync(int seed, int runs)
    {
        var rows = BronzeStory.Of(seed, payments: 30);
        var expected = await MadeAsync([rows]);
        var shuffled = rows.ToArray();
        new Random(seed).Shuffle(shuffled);

        var actual = await MadeAsync(shuffled.Chunk((shuffled.Length / runs) + 1));

        AssertSame(expected, actual);
    }

    private static async Task<IReadOnlyDictionary<string, string[]>> MadeAsync(IEnumerable<IReadOnlyList<BronzeRow>> pieces)
    {
        using var home = await ProjectLake.CreateAsync();
        foreach (var piece in pieces)
        {
            await home.AppendAsync(piece);
            await home.MakeTablesAsync();
        }

        return await home.TablesAsync();
    }
}
