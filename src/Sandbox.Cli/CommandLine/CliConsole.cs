namespace Sandbox.Cli.CommandLine;

/// <summary>Where a command writes: results to standard output, messages to standard error, colours on a terminal only.</summary>
internal sealed class CliConsole(TextWriter output, TextWriter error, bool isTerminal = false, bool hasColours = false, TextReader? input = null)
{
    // A terminal that does not tell its size has the size of all terminals.
    private const int UsualWidth = 80;
    private const int UsualHeight = 24;

    /// <summary>Whether standard output is a terminal that can be drawn on.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Whether standard output may have colours.</summary>
    public bool HasColours => hasColours;

    /// <summary>Standard input; empty where there is none.</summary>
    public TextReader Input => input ?? TextReader.Null;

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Columns of the terminal; no limit elsewhere.</summary>
    public int Width => isTerminal ? Known(Console.WindowWidth, UsualWidth) : int.MaxValue;

    /// <summary>Rows of the terminal; no limit elsewhere.</summary>
    public int Height => isTerminal ? Known(Console.WindowHeight, UsualHeight) : int.MaxValue;

    /// <summary>A value as one line of JSON.</summary>
    public void Json(object value) => Line(JsonLines.Of(value));

    /// <summary>A line of output, whole even where several threads write.</summary>
    public void Line(string text)
    {
        lock (output)
        {
            output.WriteLine(text);
            output.Flush();
        }
    }

    /// <summary>The process's own streams. Colours obey NO_COLOR; a dumb terminal is none.</summary>
    public static CliConsole OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected
            && !string.Equals(Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        var hasColours = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new CliConsole(Console.Out, Console.Error, isTerminal, hasColours, Console.In);
    }

    private static int Known(int size, int usual) => size > 0 ? size : usual;
}
