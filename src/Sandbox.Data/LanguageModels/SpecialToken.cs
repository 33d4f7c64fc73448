namespace Sandbox.Data.LanguageModels;

/// <summary>The tokens that are no words of a text. Their ids are fixed, so that every table agrees on them.</summary>
internal static class SpecialToken
{
    public const uint Unknown = 0;
    public const uint Begin = 1;
    public const uint End = 2;
    public const int Count = 3;

    public const string UnknownText = "<unk>";
    public const string BeginText = "<s>";
    public const string EndText = "</s>";

    /// <summary>A blank between characters: ARPA fields are parted by blanks, so none can stand for itself.</summary>
    public const string SpaceText = "<space>";
}
