using Sandbox.DemoCorpus.Chance;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>HTML that nobody took out: tags with attributes, entities, and now and then a script.</summary>
internal static class Markup
{
    private const string Script =
        "<script type=\"text/javascript\">var _q=_q||[];_q.push(['_track',{id:'UA-0000-1',p:document.location.href}]);</script>";

    public static DirtyText Wrap(Material material, ChanceStream chance)
    {
        var document = material.Fresh();
        var paragraphs = document.Paragraphs.Select((p, i) =>
            $"<p class=\"body-text\" id=\"p{i + 1}\"> {Entities(p, chance)} </p>");
        var body = string.Join('\n', paragraphs);
        var script = chance.Hits(0.4);
        var text = $"<div class=\"content\" style=\"margin:0;padding:4px\">\n{body}\n{(script ? Script + "\n" : "")}</div>";
        return new DirtyText(text, script ? "tags, entities, a script" : "tags, entities", document);
    }

    private static string Entities(string paragraph, ChanceStream chance)
    {
        var words = paragraph.Split(' ');
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = words[i].Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);
            var roll = chance.Below(40);
            words[i] = roll switch
            {
                0 => $"<b> {words[i]} </b>",
                1 => $"<a href=\"/wiki/{i}\"> {words[i]} </a>",
                2 => $"{words[i]} <br/>",
                3 => $"{words[i]} &nbsp;",
                _ => words[i],
            };
        }

        return string.Join(' ', words);
    }
}
