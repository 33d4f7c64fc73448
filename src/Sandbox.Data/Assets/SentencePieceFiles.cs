using Sandbox.Core.Faults;
using Sandbox.Data.Tokenizers.SentencePiece;

namespace Sandbox.Data.Assets;

/// <summary>The SentencePiece models of languages, <c>LANG.sp.model</c> in the folder of models.</summary>
internal static class SentencePieceFiles
{
    /// <summary>Says why the model of a language cannot be used, or null.</summary>
    public static string? Problem(string language)
    {
        var path = Find(language);
        if (path is null)
        {
            return $"needs the SentencePiece model of language \"{language}\", expected as {Path.Combine(CacheFolders.Models, Name(language))}. "
                + $"Data-Juicer downloads it when it first needs it; set {CacheFolders.ModelsVariable} to the folder that has it.";
        }

        return ProblemOf(path);
    }

    /// <summary>Says why a file cannot be used as a model, or null.</summary>
    public static string? ProblemOf(string path) => !File.Exists(path)
        ? $"\"{path}\" does not exist."
        : ModelFiles.FormatOf(path) == ModelFormat.SentencePiece ? null : $"\"{path}\" is no SentencePiece model.";

    /// <summary>Reads the model of a language.</summary>
    /// <exception cref="JobFailedException">It is missing or damaged.</exception>
    public static SentencePieceModel Load(string language) =>
        SharedModels.Get(Find(language) ?? throw new JobFailedException(Problem(language)!), SentencePieceModel.Load);

    private static string Name(string language) => language + ".sp.model";

    private static string? Find(string language) => ModelFiles.Find(Name(language));
}
