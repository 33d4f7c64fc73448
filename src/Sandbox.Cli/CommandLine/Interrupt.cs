using System.Runtime.InteropServices;

namespace Sandbox.Cli.CommandLine;

/// <summary>Turns Ctrl+C and TERM into a cancelled token; the second one ends the process at once.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly CliConsole _console;
    private readonly List<PosixSignalRegistration> _registrations;

    public Interrupt(CliConsole console)
    {
        _console = console;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            Environment.Exit(ExitCodes.Cancelled);
        }

        context.Cancel = true;
        _console.Error.WriteLine("Stopping; once more to stop at once.");
        _source.Cancel();
    }
}
