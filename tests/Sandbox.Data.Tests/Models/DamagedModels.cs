using Sandbox.Core.Faults;
using Sandbox.Data.FastText;
using Sandbox.Data.Tests.Execution;
using Sandbox.Data.Tokenizers.BytePair;
using Sandbox.Data.Tokenizers.SentencePiece;
using Sandbox.Testing;

namespace Sandbox.Data.Tests.Models;

/// <summary>Model files that are cut off or altered are refused with their name; texts of any kind are taken.</summary>
public sealed class DamagedModels
{
    private const string Folder = "upstream-runs/data-juicer/models";

    [ReferenceFact(Folder)]
    public void Cut_and_altered_models_are_refused_and_never_crash()
    {
        using var files = new TestFiles();
        var random = new Random(7);
        foreach (var (name, load) in Loaders())
        {
            var whole = File.ReadAllBytes(Path.Combine(Reference.Find(Folder)!, name));
            for (var round = 0; round < 12; round++)
            {
                var damaged = whole[..random.Next(whole.Length)];
                for (var i = 0; i < round && damaged.Length > 0; i++)
                {
                    damaged[random.Next(Math.Min(damaged.Length, 4096))] ^= (byte)(1 << random.Next(8));
                }

                var path = files.ResolveWrite("model");
                File.WriteAllBytes(path, damaged);
                Should.Throw<JobFailedException>(() => load(path)).Message.ShouldStartWith(path);
            }
        }
    }

    [ReferenceFact(Folder)]
    public void Any_text_gets_tokens_and_a_label()
    {
        var folder = Reference.Find(Folder)!;
        var pieces = SentencePieceModel.Load(Path.Combine(folder, "en.sp.model"));
        var pairs = TokenizerFile.Load(Path.Combine(folder, "bpe", "tokenizer.json"));
        var languages = FastTextModel.Load(Path.Combine(folder, "lid.176.bin"));
        foreach (var text in Texts())
        {
            var sequence = pieces.Encode(text);
            sequence.Ids.Length.ShouldBe(sequence.Words.Count);
            pairs.Decode(pairs.Encode(text)).ShouldBe(System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)));
            languages.PredictLine(text).ShouldNotBeNull();
        }
    }

    private static IEnumerable<(string Name, Action<string> Load)> Loaders() =>
    [
        ("lid.176.bin", path => FastTextModel.Load(path)),
        ("en.sp.model", path => SentencePieceModel.Load(path)),
        ("bpe/tokenizer.json", path => TokenizerFile.Load(path)),
    ];

    private static IEnumerable<string> Texts()
    {
        yield return string.Empty;
        yield return "\0\u0001 \ufeff\u2028 a\u0301\u0327 \ud83d\ude00";
        yield return new string('x', 300_000);
        yield return string.Concat(Enumerable.Repeat("ab \ud842\udfb7\u4e00 ", 20_000));
        var random = new Random(3);
        for (var i = 0; i < 200; i++)
        {
            yield return new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(1 << random.Next(1, 17)))]);
        }
    }
}
