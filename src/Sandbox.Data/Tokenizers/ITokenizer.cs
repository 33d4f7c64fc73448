using Sandbox.Data.Text;

namespace Sandbox.Data.Tokenizers;

/// <summary>Makes tokens of a text. Safe for use by several threads.</summary>
internal interface ITokenizer
{
    PieceSequence Encode(string text);
}

/// <summary>The tokens of a text.</summary>
/// <param name="Words">Their texts.</param>
/// <param name="Ids">Their numbers in the model, one each.</param>
internal sealed record PieceSequence(WordSequence Words, int[] Ids);
