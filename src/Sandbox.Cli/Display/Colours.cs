using Sandbox.Workflows.Runs;

namespace Sandbox.Cli.Display;

/// <summary>Colours of a terminal (ECMA-48, SGR).</summary>
internal static class Colours
{
    public const string Red = "31";
    public const string Green = "32";
    public const string Yellow = "33";
    public const string Blue = "34";
    public const string Grey = "90";

    /// <summary>The text in a colour, or as it is.</summary>
    public static string Paint(string text, string? colour, bool hasColours) =>
        hasColours && colour is not null && text.Length > 0 ? $"\u001b[{colour}m{text}\u001b[0m" : text;

    /// <summary>The colour of a state.</summary>
    public static string OfState(string state) => state switch
    {
        RunStates.Finished => Green,
        RunStates.Failed => Red,
        RunStates.Running => Blue,
        RunStates.Cancelled or RunStates.Interrupted or RunStates.Paused or RunStates.Suspended => Yellow,
        _ => Grey,
    };
}
