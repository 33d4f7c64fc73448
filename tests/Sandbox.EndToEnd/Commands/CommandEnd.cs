namespace Sandbox.EndToEnd.Commands;

/// <summary>How a command ended.</summary>
internal sealed record CommandEnd(int ExitCode, string Output, string Error)
{
    /// <summary>This end, if all went well.</summary>
    public CommandEnd Succeeded() => EndedWith(0);

    /// <summary>This end, if its exit code is right; never with a stack trace.</summary>
    public CommandEnd EndedWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, $"{Output}\n{Error}");
        Error.ShouldNotContain("   at Sandbox.");
        return this;
    }
}
