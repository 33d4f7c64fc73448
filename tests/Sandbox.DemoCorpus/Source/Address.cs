namespace Sandbox.DemoCorpus.Source;

/// <summary>One State of the Union address, cut into documents.</summary>
/// <param name="Name">File name without extension; begins with the year, so that ordinal order is the order of time.</param>
/// <param name="Documents">Its documents in order.</param>
internal sealed record Address(string Name, IReadOnlyList<Document> Documents);

/// <summary>A few paragraphs of an address.</summary>
/// <param name="Address">Name of the address.</param>
/// <param name="Part">Place within the address, from 1.</param>
/// <param name="Paragraphs">The paragraphs; none holds a line break.</param>
internal sealed record Document(string Address, int Part, IReadOnlyList<string> Paragraphs)
{
    /// <summary>The text: a paragraph a line.</summary>
    public string Text => string.Join('\n', Paragraphs);
}
