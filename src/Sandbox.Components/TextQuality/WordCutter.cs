using Sandbox.Core.Components;
using Sandbox.Data.Tokenizers;

namespace Sandbox.Components.TextQuality;

/// <summary>How a quality classifier cuts texts: by Spark's standard tokenizer, or into the pieces of a SentencePiece model. A model
/// must be used with the cutter that it was trained with.</summary>
internal static class WordCutter
{
    /// <summary>The cutter for an option.</summary>
    /// <param name="tokenizerPath">The SentencePiece model, or null.</param>
    /// <param name="files">Finds the file behind it.</param>
    public static Func<string, IReadOnlyList<string>> Of(string? tokenizerPath, IJobFiles files) =>
        string.IsNullOrEmpty(tokenizerPath) ? JavaWords.Split : TextPieces.Load(files.ResolveRead(tokenizerPath)).Cut;
}
