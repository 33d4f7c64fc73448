using Sandbox.Core.Faults;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Data.Assets;

/// <summary>The n-gram models of languages in the folder of models: <c>LANG.arpa.bin</c>, <c>LANG.arpa</c> or
/// <c>LANG.arpa.gz</c>.</summary>
internal static class NgramFiles
{
    /// <summary>Says why the model of a language cannot be used, or null.</summary>
    public static string? Problem(string language)
    {
        var path = Find(language);
        if (path is null)
        {
            return $"needs an n-gram model of language \"{language}\" in ARPA form, expected as {Path.Combine(CacheFolders.Models, language + ".arpa")} "
                + $"(or .arpa.gz); set {CacheFolders.ModelsVariable} to the folder that has it.";
        }

        return ModelFiles.FormatOf(path) switch
        {
            ModelFormat.Arpa => null,
            ModelFormat.KenLmBinary => $"\"{path}\" is a binary model of KenLM, which only KenLM reads: put the ARPA file that it was built from "
                + $"beside it as {language}.arpa (or .arpa.gz), or let the real Data-Juicer run this recipe.",
            _ => $"\"{path}\" is no n-gram model in ARPA form.",
        };
    }

    /// <summary>Reads the model of a language.</summary>
    /// <exception cref="JobFailedException">It is missing or damaged.</exception>
    public static NgramModel Load(string language) =>
        SharedModels.Get(Find(language) ?? throw new JobFailedException(Problem(language)!), path => NgramModel.Load(path));

    // A text beside a binary comes first: it is the one that can be read.
    private static string? Find(string language) =>
        ModelFiles.Find(language + ".arpa", language + ".arpa.gz", language + ".arpa.bin");
}
