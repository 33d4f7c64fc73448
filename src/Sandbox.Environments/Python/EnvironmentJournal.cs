using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Environments.Programs;

namespace Sandbox.Environments.Python;

/// <summary>Holds an environment for one process of this host at a time, and remembers what was done to it. The lock is
/// the operating system's, so it is free again whenever its holder is gone.</summary>
internal sealed class EnvironmentJournal : IDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);
    private readonly FileStream _lock;
    private readonly string _path;

    private EnvironmentJournal(FileStream held, string path) => (_lock, _path) = (held, path);

    /// <summary>What was done; null where nothing is known.</summary>
    public EnvironmentRecord? Record { get; private set; }

    /// <summary>Where the records of a state directory lie.</summary>
    public static IEnumerable<string> Files(string stateDirectory) =>
        Directory.Exists(stateDirectory) ? Directory.EnumerateFiles(stateDirectory, "*.json") : [];

    /// <summary>Waits until the environment is free and holds it.</summary>
    /// <param name="stateDirectory">Where locks and records lie.</param>
    /// <param name="identity">The environment.</param>
    /// <param name="time">The clock.</param>
    /// <param name="waiting">Told once where it must wait.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<EnvironmentJournal> OpenAsync(
        string stateDirectory, string identity, TimeProvider time, Action waiting, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(stateDirectory);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..32];
        var path = Path.Combine(stateDirectory, name);
        for (var told = false; ; told = true)
        {
            if (TryLock(path + ".lock") is { } held)
            {
                return new EnvironmentJournal(held, path + ".json") { Record = EnvironmentRecord.FromFile(path + ".json") };
            }

            if (!told)
            {
                waiting();
            }

            await Task.Delay(LookAgain, time, cancellationToken);
        }
    }

    /// <summary>Writes down what is known now, whole or not at all.</summary>
    public void Write(EnvironmentRecord record)
    {
        var temporary = _path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(record.ToJson()));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        Record = record;
    }

    /// <summary>Forgets the environment.</summary>
    public void Forget()
    {
        File.Delete(_path);
        Record = null;
    }

    /// <summary>Ends the program that somebody who died had left at work on the environment.</summary>
    public async Task EndLeftOverAsync(CancellationToken cancellationToken)
    {
        if (Record is not { Pid: { } pid, PidSince: { } since })
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(pid);
            if ((process.StartTime.ToUniversalTime() - since.UtcDateTime).Duration() < ClockSlack)
            {
                LoggedCommand.End(process);
                await process.WaitForExitAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It is gone, or was never ours.
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }
}
