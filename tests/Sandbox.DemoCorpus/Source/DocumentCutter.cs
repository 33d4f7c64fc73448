namespace Sandbox.DemoCorpus.Source;

/// <summary>Builds documents of sentences: a paragraph is closed once it is long enough, and a document likewise.
/// What is left at the end of an address and too short for a document is dropped.</summary>
internal static class DocumentCutter
{
    private const int ParagraphLength = 260;
    private const int DocumentLength = 790;
    private const int ShortestDocument = 450;

    public static IReadOnlyList<Document> Cut(string address, IEnumerable<string> sentences)
    {
        var documents = new List<Document>();
        var paragraphs = new List<string>();
        foreach (var paragraph in Paragraphs(sentences))
        {
            paragraphs.Add(paragraph);
            if (paragraphs.Sum(p => p.Length) >= DocumentLength)
            {
                documents.Add(new Document(address, documents.Count + 1, [.. paragraphs]));
                paragraphs.Clear();
            }
        }

        if (paragraphs.Sum(p => p.Length) >= ShortestDocument)
        {
            documents.Add(new Document(address, documents.Count + 1, [.. paragraphs]));
        }

        return documents;
    }

    private static IEnumerable<string> Paragraphs(IEnumerable<string> sentences)
    {
        var open = "";
        foreach (var sentence in sentences)
        {
            open = open.Length == 0 ? sentence : $"{open} {sentence}";
            if (open.Length >= ParagraphLength)
            {
                yield return open;
                open = "";
            }
        }

        if (open.Length > 0)
        {
            yield return open;
        }
    }
}
