namespace Sandbox.Cli.Display;

/// <summary>A line of coloured parts that is cut to the width of the terminal before it is coloured.</summary>
internal sealed record LiveLine(IReadOnlyList<Cell> Parts)
{
    /// <summary>Whether it is about a job that runs.</summary>
    public bool IsActive { get; init; }

    public LiveLine(params Cell[] parts)
        : this((IReadOnlyList<Cell>)parts)
    {
    }

    /// <summary>The line, at most so many columns wide.</summary>
    public string Render(int width, bool hasColours)
    {
        var total = Parts.Sum(p => TextWidth.Of(p.Text));
        var room = total > width ? width - 1 : width;
        var rendered = new List<string>();
        foreach (var part in Parts)
        {
            var text = TextWidth.Cut(part.Text, room);
            rendered.Add(Colours.Paint(text, part.Colour, hasColours));
            room = text.Length < part.Text.Length ? 0 : room - TextWidth.Of(text);
        }

        return string.Concat(rendered) + (total > width ? "…" : string.Empty);
    }
}
