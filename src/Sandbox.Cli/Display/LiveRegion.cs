using System.Text;
using Sandbox.Cli.CommandLine;

namespace Sandbox.Cli.Display;

/// <summary>The last lines of a terminal, drawn over and over. Each drawing is one write that overwrites line by line and
/// clears only what is left over, so nothing flickers.</summary>
internal sealed class LiveRegion(CliConsole console)
{
    private const string EraseRest = "\u001b[K";
    private const string EraseBelow = "\u001b[J";
    private int _height;

    /// <summary>Draws the lines where the ones before stood.</summary>
    /// <param name="above">Lines that go above them and stay.</param>
    /// <param name="lines">The lines, none wider than the terminal.</param>
    public void Draw(IReadOnlyList<string> above, IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        if (_height > 0)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\u001b[{_height}A\r");
        }

        foreach (var line in above.Concat(lines))
        {
            text.Append(line).Append(EraseRest).Append('\n');
        }

        _height = lines.Count;
        console.Output.Write(text.Append(EraseBelow).ToString());
        console.Output.Flush();
    }
}
