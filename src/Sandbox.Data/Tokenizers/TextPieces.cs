using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Tokenizers;

/// <summary>Cuts texts into the pieces of a SentencePiece model. Safe for use by several threads.</summary>
public sealed class TextPieces
{
    private readonly SentencePieceModel _model;

    private TextPieces(SentencePieceModel model) => _model = model;

    /// <summary>Reads a model, <c>.sp.model</c>.</summary>
    /// <exception cref="Core.Faults.JobFailedException">It is missing or no such model.</exception>
    public static TextPieces Load(string path) => new(SentencePieceModel.Load(path));

    /// <summary>The pieces of a text as the model writes them, a blank as <c>▁</c>.</summary>
    public IReadOnlyList<string> Cut(string text)
    {
        var words = _model.Encode(text).Words;
        return [.. Enumerable.Range(0, words.Count).Select(i => words[i].ToString())];
    }
}
