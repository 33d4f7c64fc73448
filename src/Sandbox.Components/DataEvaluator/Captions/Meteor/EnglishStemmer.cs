namespace Sandbox.Components.DataEvaluator.Captions.Meteor;

/// <summary>Snowball's English stemmer, also called Porter 2 (snowballstem.org, algorithm "English").</summary>
internal static class EnglishStemmer
{
    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["idly"] = "idl",
        ["gently"] = "gentl", ["ugly"] = "ugli", ["early"] = "earli", ["only"] = "onli", ["singly"] = "singl",
        ["sky"] = "sky", ["news"] = "news", ["howe"] = "howe", ["atlas"] = "atlas", ["cosmos"] = "cosmos", ["bias"] = "bias", ["andes"] = "andes",
    };

    private static readonly HashSet<string> DoneEarly = new(
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"], StringComparer.Ordinal);

    private static readonly (string Suffix, string By)[] Second =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"),
        ("biliti", "ble"), ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"),
        ("iviti", "ive"), ("fulli", "ful"), ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"),
        ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Suffix, string By)[] Third =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"),
        ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    /// <summary>The stem of a word in small letters.</summary>
    public static string Stem(string word)
    {
        if (word.Length <= 2)
        {
            return word;
        }

        if (Exceptions.TryGetValue(word, out var exception))
        {
            return exception;
        }

        var draft = new StemDraft(word);
        draft.RemovePossessive();
        Plural(draft);
        if (!DoneEarly.Contains(draft.Word))
        {
            PastAndGerund(draft);
            FinalY(draft);
            Replace(draft, Second, IsAllowedInSecond);
            Replace(draft, Third, (d, suffix, place) => suffix != "ative" || place >= d.R2);
            Delete(draft);
            FinalLetters(draft);
        }

        return draft.Word.Replace('Y', 'y');
    }

    private static void Plural(StemDraft d)
    {
        if (d.Ends("sses"))
        {
            d.Cut(2);
        }
        else if (d.Ends("ied") || d.Ends("ies"))
        {
            d.Cut(d.Word.Length > 4 ? 2 : 1);
        }
        else if (d.Ends("s") && !d.Ends("us") && !d.Ends("ss") && d.HasVowelBefore(d.Word.Length - 2))
        {
            d.Cut(1);
        }
    }

    private static void PastAndGerund(StemDraft d)
    {
        var suffix = new[] { "eedly", "ingly", "edly", "eed", "ing", "ed" }.FirstOrDefault(d.Ends);
        if (suffix is "eedly" or "eed")
        {
            if (d.Word.Length - suffix.Length >= d.R1)
            {
                d.Put(suffix, "ee");
            }
        }
        else if (suffix is not null && d.HasVowelBefore(d.Word.Length - suffix.Length))
        {
            d.Cut(suffix.Length);
            Mend(d);
        }
    }

    private static void Mend(StemDraft d)
    {
        if (d.Ends("at") || d.Ends("bl") || d.Ends("iz"))
        {
            d.Add('e');
        }
        else if (d.EndsInDouble)
        {
            d.Cut(1);
        }
        else if (d.IsShort)
        {
            d.Add('e');
        }
    }

    private static void FinalY(StemDraft d)
    {
        var last = d.Word.Length - 1;
        if (last > 1 && d.Word[last] is 'y' or 'Y' && last > 1 && !StemDraft.IsVowel(d.Word[last - 1]))
        {
            d.Cut(1);
            d.Add('i');
        }
    }

    private static bool IsAllowedInSecond(StemDraft d, string suffix, int place) => suffix switch
    {
        "ogi" => place > 0 && d.Word[place - 1] == 'l',
        "li" => place > 0 && "cdeghkmnrt".Contains(d.Word[place - 1], StringComparison.Ordinal),
        _ => true,
    };

    // The longest suffix that the word has decides, whether it may be replaced or not.
    private static void Replace(StemDraft d, (string Suffix, string By)[] rules, Func<StemDraft, string, int, bool> isAllowed)
    {
        foreach (var (suffix, by) in rules.Where(r => d.Ends(r.Suffix)).Take(1))
        {
            var place = d.Word.Length - suffix.Length;
            if (place >= d.R1 && isAllowed(d, suffix, place))
            {
                d.Put(suffix, by);
            }
        }
    }

    private static void Delete(StemDraft d)
    {
        if (Fourth.FirstOrDefault(d.Ends) is { } suffix)
        {
            var place = d.Word.Length - suffix.Length;
            if (place >= d.R2 && (suffix != "ion" || (place > 0 && d.Word[place - 1] is 's' or 't')))
            {
                d.Cut(suffix.Length);
            }
        }
    }

    private static void FinalLetters(StemDraft d)
    {
        var place = d.Word.Length - 1;
        var isE = d.Ends("e") && (place >= d.R2 || (place >= d.R1 && !d.EndsInShortSyllable(place)));
        if (isE || (d.Ends("ll") && place >= d.R2))
        {
            d.Cut(1);
        }
    }
}
