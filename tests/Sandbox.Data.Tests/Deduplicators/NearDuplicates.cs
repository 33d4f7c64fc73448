using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sandbox.Data.Operators.Deduplicators;
using Sandbox.Data.Rows;
using Sandbox.Data.Tests.Execution;
using Sandbox.Data.Text;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Deduplicators;

/// <summary>MinHash and SimHash: upstream's numbers, and all pairs found whatever the memory.</summary>
public sealed class NearDuplicates
{
    private const string Rules = "conformance/operators.json";

    [ReferenceFact(Rules)]
    public void Permutations_are_those_of_numpy()
    {
        var vectors = Vectors("minhash");
        var hash = new MinHash(256, 256);
        var lines = string.Concat(Enumerable.Range(0, 256).Select(i => FormattableString.Invariant($"{hash[i].Factor} {hash[i].Term}\n")));
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(lines))).ShouldBe((string)vectors["sha256_of_256_pairs_joined_as_decimal_a_space_b_newline"]!);
    }

    [ReferenceFact(Rules)]
    public void Signature_of_the_example_is_upstreams()
    {
        var example = Vectors("minhash")["example"]!;
        var view = new TextView((string)example["text"]!);
        var signature = new MinHash(256, 250).Sign(new Shingler(new MinHashOptions()).Cut(view))!;

        signature.Take(8).Select(n => (long)n).ShouldBe(((JsonArray)example["first_8_min_values"]!).Select(n => (long)n!));
        var bytes = new byte[signature.Length * 8];
        for (var i = 0; i < signature.Length; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * 8), signature[i]);
        }

        Convert.ToHexStringLower(SHA256.HashData(bytes)).ShouldBe((string)example["sha256_of_concatenated_big_endian_8_byte_values"]!);
    }

    [ReferenceFact(Rules)]
    public void Bands_are_those_of_upstreams_optimisation()
    {
        foreach (var (key, expected) in (JsonObject)Vectors("minhash")["bands_rows_table"]!)
        {
            var parts = key.Split('/');
            var (bands, rows) = BandChoice.For(double.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
            new[] { bands, rows }.ShouldBe([(int)expected![0]!, (int)expected[1]!], key);
        }
    }

    [ReferenceFact(Rules)]
    public void SimHash_of_the_example_is_upstreams()
    {
        var example = Vectors("simhash")["example"]!;
        SimHash.Of(new Shingler(new SimHashOptions()).Cut(new TextView((string)example["text"]!))).ToString(CultureInfo.InvariantCulture)
            .ShouldBe((string)example["value_decimal"]!);
        SimHash.Of(new Shingler(new SimHashOptions()).Cut(new TextView("too short"))).ShouldBe(0UL);
    }

    [Fact]
    public void SimHash_counts_the_digests_of_shingles_of_any_length()
    {
        var random = new Random(5);
        for (var round = 0; round < 40; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 60)).Select(_ => new string((char)('a' + random.Next(26)), random.Next(1, 60))));
            var shingles = new Shingler(new SimHashOptions { WindowSize = random.Next(1, 4) }).Cut(new TextView(text));
            var expected = 0UL;
            var digests = Enumerable.Range(0, shingles.Count).Select(i => BinaryPrimitives.ReadUInt64BigEndian(MD5.HashData(shingles[i].ToArray()))).ToList();
            for (var bit = 0; bit < 64; bit++)
            {
                expected |= 2 * digests.Count(d => (d >> bit & 1) != 0) > digests.Count ? 1UL << bit : 0;
            }

            SimHash.Of(shingles).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Hashes_that_are_near_are_joined_whatever_bits_differ(int distance)
    {
        using var files = new TestFiles();
        var random = new Random(distance);
        var hashes = Hashes(random, distance).ToList();
        var scratch = 0;
        var selection = new SimHashDeduplicator("text", new SimHashOptions { Distance = distance, Blocks = 64 }).Begin(() => files.Scratch($"s{scratch++}"));
        foreach (var hash in hashes)
        {
            selection.Add(new Row(new JsonObject()) { Sketch = [(uint)(hash >> 32), (uint)hash] });
        }

        var clusters = new Clusters();
        hashes.ForEach(_ => clusters.Add());
        for (var i = 0; i < hashes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (BitOperations.PopCount(hashes[i] ^ hashes[j]) <= distance)
                {
                    clusters.Join(i, j);
                }
            }
        }

        selection.Choose().ShouldBe(clusters.Kept());
        (selection as IDisposable)!.Dispose();
        Directory.EnumerateFiles(Path.GetDirectoryName(files.Scratch("s"))!, "s*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Short_texts_are_kept_and_counted_by_MinHash()
    {
        using var files = new TestFiles();
        files.Write("in.jsonl", "{\"text\": \"one\"}\n{\"text\": \"one\"}\n{\"text\": \"a b c d e f\"}\n{\"text\": \"a b c d e f\"}\n");
        var result = await Run.ProcessAsync(files, "dataset_path: in.jsonl\nexport_path: out.jsonl\nprocess:\n- document_minhash_deduplicator:\n");

        result.RowsOut.ShouldBe(3);
        result.Operators[0].Errors.ShouldBe(2);
        result.Operators[0].FirstErrors[0].ShouldContain("fewer tokens than a shingle (5)");
    }

    private static IEnumerable<ulong> Hashes(Random random, int distance)
    {
        for (var i = 0; i < 300; i++)
        {
            var hash = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            yield return hash;
            for (var bits = random.Next(distance + 3); bits > 0; bits--)
            {
                hash ^= 1UL << random.Next(64);
            }

            yield return hash;
        }
    }

    private static JsonNode Vectors(string name) =>
        JsonNode.Parse(File.ReadAllText(Reference.Find(Rules)!))!["tables_and_vectors"]![name]!;
}
