namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>A word on its way to its stem, with the two regions in which suffixes may go. A consonant y is written Y.</summary>
internal sealed class StemDraft
{
    private static readonly string[] LongBeginnings = ["gener", "commun", "arsen"];
    private static readonly string[] Possessives = ["'s'", "'s", "'"];

    public StemDraft(string word)
    {
        var letters = word.TrimStart('\'').ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])))
            {
                letters[i] = 'Y';
            }
        }

        Word = new string(letters);
        var beginning = LongBeginnings.FirstOrDefault(b => Word.StartsWith(b, StringComparison.Ordinal));
        R1 = beginning?.Length ?? AfterVowelAndConsonant(0);
        R2 = AfterVowelAndConsonant(R1);
    }

    public string Word { get; private set; }

    /// <summary>Where the region after the first consonant that follows a vowel begins.</summary>
    public int R1 { get; }

    /// <summary>The same within the first region.</summary>
    public int R2 { get; }

    public bool EndsInDouble =>
        Word.Length > 1 && Word[^1] == Word[^2] && "bdfgmnprt".Contains(Word[^1], StringComparison.Ordinal);

    public bool IsShort => R1 >= Word.Length && EndsInShortSyllable(Word.Length);

    public static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    public bool Ends(string suffix) => Word.EndsWith(suffix, StringComparison.Ordinal);

    public void Cut(int letters) => Word = Word[..^letters];

    public void Add(char letter) => Word += letter;

    public void Put(string suffix, string by) => Word = Word[..^suffix.Length] + by;

    public void RemovePossessive()
    {
        if (Possessives.FirstOrDefault(Ends) is { } possessive)
        {
            Cut(possessive.Length);
        }
    }

    public bool HasVowelBefore(int end) => end > 0 && Word[..end].Any(IsVowel);

    /// <summary>Whether what stands before a place ends in a vowel between consonants, the last of them not w, x or Y; or
    /// is a vowel and a consonant only.</summary>
    public bool EndsInShortSyllable(int end) => end switch
    {
        < 2 => false,
        2 => IsVowel(Word[0]) && !IsVowel(Word[1]),
        _ => !IsVowel(Word[end - 3]) && IsVowel(Word[end - 2]) && !IsVowel(Word[end - 1]) && Word[end - 1] is not ('w' or 'x' or 'Y'),
    };

    private int AfterVowelAndConsonant(int start)
    {
        for (var i = start + 1; i < Word.Length; i++)
        {
            if (IsVowel(Word[i - 1]) && !IsVowel(Word[i]))
            {
                return i + 1;
            }
        }

        return Word.Length;
    }
}
