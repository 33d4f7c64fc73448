using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>A text as numbers, in a scratch file: read and parted once, counted as often as needed.</summary>
internal sealed class TokenFile(TextUnit unit, string path) : IDisposable
{
    private readonly RowFile _file = new(path, width: 1);

    public RowFile Rows => _file;

    public long Sentences { get; private set; }

    public long Tokens { get; private set; }

    public long Unknown { get; private set; }

    public long SkippedMarks { get; private set; }

    /// <summary>Adds the lines of a text that are not empty, as sentences.</summary>
    public void Add(string text, Vocabulary vocabulary, bool extend)
    {
        ReadOnlySpan<char> rest = text;
        while (TokenSplitter.NextLine(ref rest, out var line))
        {
            var tokens = new TokenSplitter(line, unit);
            var before = Tokens;
            while (tokens.MoveNext())
            {
                Append(extend ? vocabulary.Add(tokens.Current) : vocabulary.Find(tokens.Current));
            }

            SkippedMarks += tokens.SkippedMarks;
            if (Tokens > before)
            {
                Append(SpecialToken.End);
                Sentences++;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Append(uint token)
    {
        _file.Append([token]);
        Tokens++;
        Unknown += token == SpecialToken.Unknown ? 1 : 0;
    }
}
