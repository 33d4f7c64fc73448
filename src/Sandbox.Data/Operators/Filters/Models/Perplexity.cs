using System.Globalization;
using Sandbox.Core.Components.Options;
using Sandbox.Data.Assets;
using Sandbox.Data.LanguageModels;
using Sandbox.Data.Text;
using Sandbox.Data.Tokenizers;
using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Operators.Filters.Models;

/// <summary>Options of <c>perplexity_filter</c>.</summary>
public sealed class PerplexityOptions : FilterOptions, IRangeOptions, IValidatableOptions
{
    /// <summary>Language of the two models.</summary>
    [Option("lang")]
    public string Language { get; init; } = "en";

    /// <summary>Smallest perplexity.</summary>
    [Option("min_ppl")]
    public double? MinPerplexity { get; init; } = 0;

    /// <summary>Largest perplexity.</summary>
    [Option("max_ppl")]
    public double? MaxPerplexity { get; init; } = 1500;

    double? IRangeOptions.Minimum => MinPerplexity;

    double? IRangeOptions.Maximum => MaxPerplexity;

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        foreach (var problem in new[] { SentencePieceFiles.Problem(Language), NgramFiles.Problem(Language) }.OfType<string>())
        {
            fault("lang", problem);
        }
    }
}

/// <summary>The perplexity of a text: its pieces are the words of an n-gram model. Rounded to one decimal, half to even, as
/// Python's <c>round</c> does it.</summary>
internal sealed class Perplexity
{
    private readonly SentencePieceModel _pieces;
    private readonly NgramModel _model;
    private readonly uint[] _words;

    public Perplexity(PerplexityOptions options)
    {
        _pieces = SentencePieceFiles.Load(options.Language);
        _model = NgramFiles.Load(options.Language);
        _words = [.. _pieces.Texts.Select(t => _model.Find(t))];
    }

    public double Of(TextView view)
    {
        if (view.Text.Length > TextView.LongText && _pieces.Normalise(view.Text) is var normal && !PythonText.HasBlank(normal))
        {
            var score = _model.Begin();
            _pieces.Stream(normal, (piece, id) => score.Add(id == _pieces.UnknownId ? _model.Find(piece) : _words[id]));
            return score.Words == 0 ? 0 : Rounded(Math.Pow(10, -score.End() / (score.Words + 1)));
        }

        var pieces = view.Pieces(_pieces);
        if (pieces.Ids.Length == 0)
        {
            return 0;
        }

        var text = pieces.Words.Text;
        var (log10, length) = PythonText.HasBlank(text) ? ByLines(pieces.Words) : OneLine(pieces);
        return length == 0 ? 0 : Rounded(Math.Pow(10, -log10 / length));
    }

    private (double Log10, long Length) OneLine(PieceSequence pieces)
    {
        var words = new uint[pieces.Ids.Length];
        for (var i = 0; i < words.Length; i++)
        {
            var id = pieces.Ids[i];
            words[i] = id == _pieces.UnknownId ? _model.Find(pieces.Words[i]) : _words[id];
        }

        return (_model.Score(words), words.Length + 1);
    }

    // Where pieces hold blanks themselves, upstream's joining and splitting makes other words, or lines, of them.
    private (double Log10, long Length) ByLines(WordSequence words)
    {
        var parts = new string[words.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = words[i].ToString();
        }

        var (sum, length) = (0.0, 0L);
        foreach (var line in PythonText.Lines(string.Join(' ', parts)))
        {
            sum += _model.Score([.. line.Split([' ', '\t', '\n', '\r', '\v', '\f'], StringSplitOptions.RemoveEmptyEntries).Select(w => _model.Find(w))]);
            length += PythonText.CountWords(line) + 1;
        }

        return (sum, length);
    }

    private static double Rounded(double value)
    {
        // A quarter is a tie in binary and decimal alike; all else is decided by the digits behind.
        if (double.IsOddInteger(value * 4))
        {
            return Math.Round(value * 10, MidpointRounding.ToEven) / 10;
        }

        return double.IsFinite(value) ? double.Parse(value.ToString("F1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
    }
}
