namespace Sandbox.Cli.CommandLine;

/// <summary>What the command tells its caller.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int BadUsage = 2;
    public const int Cancelled = 130;
}
