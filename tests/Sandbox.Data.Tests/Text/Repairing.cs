using System.Text.Json.Nodes;
using Sandbox.Data.Text;
using Sandbox.Data.Text.Repair;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Text;

/// <summary>Texts that were decoded wrongly in many ways, and what ftfy 6.3 makes of them.</summary>
public sealed class Repairing
{
    private static readonly string Vectors = Path.Combine(Reference.Repository, "tests", "Sandbox.Data.Tests", "Text", "repair-vectors.jsonl");

    [Fact]
    public void Wrongly_decoded_texts_become_what_ftfy_makes_of_them()
    {
        var (canonical, compatible) = (new TextRepair(NormalForm.Nfc), new TextRepair(NormalForm.Nfkc));
        var differences = new List<string>();
        foreach (var line in File.ReadLines(Environment.GetEnvironmentVariable("REPAIR_VECTORS") ?? Vectors))
        {
            var vector = JsonNode.Parse(line)!;
            var text = (string)vector["text"]!;
            if (canonical.Repair(text) != (string)vector["fixed"]! || compatible.Repair(text) != (string)vector["nfkc"]!)
            {
                differences.Add($"{text.ReplaceLineEndings("⏎")}\n  expected {vector["fixed"]}\n  got      {canonical.Repair(text)}\n  expected {vector["nfkc"]}\n  got      {compatible.Repair(text)}");
            }
        }

        differences.ShouldBeEmpty(FormattableString.Invariant($"{differences.Count}: ") + string.Join('\n', differences.Take(8)));
    }

    [Fact]
    public void Any_text_is_repaired_once_and_for_all()
    {
        var repair = new TextRepair(NormalForm.Nfc);
        var random = new Random(11);
        for (var i = 0; i < 500; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(1 << random.Next(1, 17)))]);
            var once = repair.Repair(text);
            once.ShouldNotContain("\u001b[0m");
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(once)).ShouldBe(once);
        }
    }
}
