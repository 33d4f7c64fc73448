namespace Sandbox.Data.LanguageModels;

/// <summary>What a language model counts.</summary>
public enum TextUnit
{
    /// <summary>Words, parted by white space.</summary>
    Word,

    /// <summary>Characters (Unicode scalar values); white space between two of them is the token <c>&lt;space&gt;</c>.</summary>
    Character,
}

/// <summary>Names of the units in configs.</summary>
public static class TextUnitNames
{
    /// <summary>The name of <see cref="TextUnit.Word"/>.</summary>
    public const string Word = "word";

    /// <summary>The name of <see cref="TextUnit.Character"/>.</summary>
    public const string Character = "character";

    /// <summary>The unit of a name that was validated; anything but <c>character</c> means words.</summary>
    public static TextUnit Parse(string name) => name == Character ? TextUnit.Character : TextUnit.Word;
}
