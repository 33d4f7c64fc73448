using Sandbox.Core.Faults;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>
/// A SentencePiece model (<c>.sp.model</c>): unigram (Kudo, arXiv:1804.10959) or BPE. The text is normalised by the model's
/// rules, then cut; places are UTF-16 units instead of bytes, which changes no result.
/// </summary>
internal sealed class SentencePieceModel : ITokenizer
{
    private readonly TextNormaliser _normaliser;
    private readonly IPieceCutter _cutter;
    private readonly PieceTable _pieces;

    internal SentencePieceModel(TextNormaliser normaliser, PieceTable pieces, IPieceCutter cutter) =>
        (_normaliser, _pieces, _cutter) = (normaliser, pieces, cutter);

    /// <summary>The texts of all pieces by their numbers.</summary>
    public IEnumerable<string> Texts => Enumerable.Range(0, _pieces.Count).Select(i => _pieces[i].Text);

    /// <summary>The number of unknown text, and of its bytes where the model cuts it into these.</summary>
    public int UnknownId => _pieces.Unknown;

    /// <summary>Reads a model.</summary>
    /// <exception cref="JobFailedException">It is missing or no such model.</exception>
    public static SentencePieceModel Load(string path)
    {
        try
        {
            return ModelProto.Read(File.ReadAllBytes(path)).ToModel();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException or IndexOutOfRangeException)
        {
            throw new JobFailedException($"{path}: this is no usable SentencePiece model: {e.Message}", e);
        }
    }

    /// <summary>Hands on the pieces of a long text one by one.</summary>
    /// <param name="normal">The text as <see cref="Normalise"/> gives it.</param>
    /// <param name="take">Takes them.</param>
    public void Stream(string normal, PieceAction take)
    {
        var stream = new PieceStream(normal, _pieces, take);
        _cutter.Cut(normal, stream);
        stream.Complete();
    }

    /// <summary>A text as the model cuts it.</summary>
    public string Normalise(string text) => _normaliser.Normalise(text);

    /// <summary>The pieces of a text.</summary>
    public PieceSequence Encode(string text)
    {
        var normal = _normaliser.Normalise(text);
        var found = PieceList.Rent();
        _cutter.Cut(normal, found);
        return found.ToSequence(normal, _pieces);
    }
}
