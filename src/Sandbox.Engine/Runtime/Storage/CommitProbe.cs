namespace Sandbox.Engine.Runtime.Storage;

/// <summary>Lets a test stand at every commit boundary, on either side.</summary>
internal sealed class CommitProbe
{
    public Action BeforeCommit { get; set; } = static () => { };

    public Action AfterCommit { get; set; } = static () => { };
}
