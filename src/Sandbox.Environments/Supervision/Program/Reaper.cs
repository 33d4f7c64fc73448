using System.Runtime.InteropServices;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>Waits for the program and for every process that was adopted from it.</summary>
internal sealed class Reaper
{
    private const int SmallStack = 256 << 10;
    private readonly int _program;

    public Reaper(int program)
    {
        _program = program;
        new Thread(Reap, SmallStack) { IsBackground = true }.Start();
    }

    /// <summary>Set when the program has ended.</summary>
    public ManualResetEventSlim ProgramEnded { get; } = new(initialState: false, spinCount: 1);

    /// <summary>Set when all have.</summary>
    public ManualResetEventSlim AllEnded { get; } = new(initialState: false, spinCount: 1);

    /// <summary>How the program ended, in the system's encoding.</summary>
    public int Status { get; private set; }

    private void Reap()
    {
        while (true)
        {
            var pid = LibC.WaitPid(-1, out var status, 0);
            if (pid == _program)
            {
                Status = status;
                ProgramEnded.Set();
            }
            else if (pid < 0 && Marshal.GetLastPInvokeError() == LibC.NoChild)
            {
                AllEnded.Set();
                return;
            }
        }
    }
}
