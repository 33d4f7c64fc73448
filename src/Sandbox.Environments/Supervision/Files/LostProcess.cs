using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Files;

/// <summary>Settles a process whose supervisor vanished.</summary>
internal static class LostProcess
{
    /// <summary>Ends what is left of its tree, found by the token, and records it as lost. The lock must be held.</summary>
    public static ProcessExit Settle(ProcessFiles files, string token, TimeProvider time)
    {
        for (var left = ProcessTree.WithToken(ProcessIdentity.TokenVariable, token);
             left.Count > 0;
             left = ProcessTree.WithToken(ProcessIdentity.TokenVariable, token))
        {
            // Nobody is there to hear its output or to count its grace time: it could only die of a broken pipe.
            ProcessTree.Signal(left, LibC.SigKill);
        }

        var exit = new ProcessExit { Reason = ExitReason.Lost, EndedAt = time.GetUtcNow() };
        ProcessRecords.Write(files, exit);
        return exit;
    }
}
