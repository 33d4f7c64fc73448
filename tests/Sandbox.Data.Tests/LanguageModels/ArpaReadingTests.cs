using System.IO.Compression;
using System.Text;
using Sandbox.Core.Faults;
using Sandbox.Data.LanguageModels;
using Shouldly;

namespace Sandbox.Data.Tests.LanguageModels;

public sealed class ArpaReadingTests : IDisposable
{
    // As KenLM writes: fields parted by tabs, <s> with probability 0, backoff 0 for what nothing follows.
    private const string Kenlm = """
        \data\
        ngram 1=5
        ngram 2=4

        \1-grams:
        -1.5	<unk>	0
        0	<s>	-0.3
        -0.7	</s>	0
        -0.6	a	-0.25
        -0.8	b	-0.1

        \2-grams:
        -0.2	<s> a
        -0.4	a b
        -0.5	b </s>
        -0.9	a </s>

        \end\

        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("arpa-").FullName;

    [Theory]
    [InlineData("a b", -0.2 - 0.4 - 0.5, 0)]
    [InlineData("b", -0.3 - 0.8 - 0.5, 0)]
    [InlineData("a a", -0.2 - 0.25 - 0.6 - 0.9, 0)]
    [InlineData("zz", -0.3 - 1.5 - 0 - 0.7, 1)]
    public void Backoff_weights_are_added_for_what_is_not_in_the_model(string sentence, double log10, long unknown)
    {
        var score = Load(Kenlm).Score(sentence);
        score.Log10.ShouldBe(log10, 1e-6);
        score.Unknown.ShouldBe(unknown);
    }

    [Fact]
    public void Files_of_other_tools_are_read()
    {
        // SRILM: a comment first, blanks and tabs, no backoff where it is 0, Windows line ends, exponents, -99 and -inf.
        var text = "made by a tool\n\n" + Kenlm.Replace("0\t<s>", "-99 <s>", StringComparison.Ordinal)
            .Replace("</s>\t0", "</s>", StringComparison.Ordinal)
            .Replace("<unk>\t0", "<UNK>", StringComparison.Ordinal)
            .Replace("-0.25", "-2.5e-01", StringComparison.Ordinal)
            .Replace("-0.2\t<s> a", "  -0.2\t<s>\ta  ", StringComparison.Ordinal)
            .Replace("ngram 1=5", "ngram  1 = 5", StringComparison.Ordinal)
            .Replace("\n", "\r\n", StringComparison.Ordinal);
        var (theirs, kenlm) = (Load(text), Load(Kenlm));
        foreach (var sentence in new[] { "a b", "b a a", "zz a", "a" })
        {
            theirs.Score(sentence).ShouldBe(kenlm.Score(sentence));
        }
    }

    [Fact]
    public void A_model_without_unknown_word_gives_what_KenLM_gives()
    {
        var text = Kenlm.Replace("-1.5\t<unk>\t0\n", "", StringComparison.Ordinal).Replace("1=5", "1=4", StringComparison.Ordinal);
        Load(text).Score("zz").Log10.ShouldBe(-0.3 - 100 - 0.7, 1e-4);
    }

    [Fact]
    public void A_pruned_model_may_lack_the_context_of_an_n_gram()
    {
        var text = Kenlm.Replace("ngram 2=4\n", "ngram 2=4\nngram 3=1\n", StringComparison.Ordinal)
            .Replace("\\end\\", "\\3-grams:\n-0.05\t<s> b a\n\n\\end\\", StringComparison.Ordinal);
        // <s> b is only a context: b itself backs off, a after it does not.
        Load(text).Score("b a").Log10.ShouldBe(-0.3 - 0.8 - 0.05 - 0.9, 1e-6);
    }

    [Fact]
    public void Packed_files_are_read()
    {
        var path = Path.Combine(_directory, "m.arpa.gz");
        using (var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Kenlm));
        }

        NgramModel.Load(path).Score("a b").Log10.ShouldBe(-1.1, 1e-6);
    }

    [Theory]
    [InlineData("-0.4\ta b", "-0.4\ta c", "m.arpa:14: the word \"c\" is not among the 1-grams")]
    [InlineData("-0.4\ta b", "-0.4\ta", "m.arpa:14: a probability, 2 words")]
    [InlineData("-0.4\ta b", "-0.4\ta b c d", "m.arpa:14: \"c\" is no number")]
    [InlineData("-0.4\ta b", "-0.4\ta b -1 d", "m.arpa:14: too many fields")]
    [InlineData("-0.4\ta b", "-0.4\ta </s>", "m.arpa:16: this n-gram stands twice")]
    [InlineData("-0.4\ta b", "0.4\ta b", "m.arpa:14: the logarithm of a probability cannot be above 0")]
    [InlineData("-0.4\ta b", "nan\ta b", "m.arpa:14: \"nan\" is no number")]
    [InlineData("ngram 2=4", "ngram 2=5", "m.arpa:18: \"\\end\\\" comes too early: the head says that there are 1 more 2-grams")]
    [InlineData("ngram 2=4", "ngram 2=3", "m.arpa:16: \\end\\ expected")]
    [InlineData("ngram 2=4", "ngram 3=4", "m.arpa:3: the counts must be of the orders")]
    [InlineData("ngram 2=4", "ngram two", "m.arpa:3:")]
    [InlineData("\\end\\", "", "m.arpa:18: the file ends too early, before \\end\\")]
    [InlineData("\\data\\", "data", "is this an ARPA file?")]
    [InlineData("-0.7\t</s>", "-0.7\t</S>", "the word \"</s>\" is not among the 1-grams")]
    public void A_broken_file_is_named_with_its_line(string part, string broken, string message) =>
        Should.Throw<JobFailedException>(() => Load(Kenlm.Replace(part, broken, StringComparison.Ordinal)))
            .Message.ShouldContain(message);

    [Fact]
    public void Words_may_look_like_marks_of_the_file()
    {
        var text = Kenlm.Replace("\ta\t", "\t\\end\\\t", StringComparison.Ordinal)
            .Replace(" a", " \\end\\", StringComparison.Ordinal)
            .Replace("\ta ", "\t\\end\\ ", StringComparison.Ordinal);
        Load(text).Score("\\end\\ b").ShouldBe(Load(Kenlm).Score("a b"));
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Should.Throw<JobFailedException>(() => NgramModel.Load(Path.Combine(_directory, "none"), "out/lm.arpa"))
            .Message.ShouldStartWith("out/lm.arpa: ");

    [Fact]
    public void Damaged_files_give_an_error_and_never_a_crash()
    {
        var random = new Random(20);
        for (var trial = 0; trial < 3000; trial++)
        {
            var bytes = Encoding.UTF8.GetBytes(Kenlm);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)"\n\t -0\\="[random.Next(7)] : (byte)random.Next(256);
            }

            var end = random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length;
            try
            {
                Load(bytes[..end]).Score("a b zz");
            }
            catch (JobFailedException e)
            {
                e.Message.ShouldStartWith("m.arpa:");
            }
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private NgramModel Load(string text) => Load(Encoding.UTF8.GetBytes(text));

    private NgramModel Load(byte[] bytes)
    {
        var path = Path.Combine(_directory, "m.arpa");
        File.WriteAllBytes(path, bytes);
        return NgramModel.Load(path, "m.arpa");
    }
}
