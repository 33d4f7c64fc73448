using System.Globalization;

namespace Sandbox.Environments.Supervision.Files;

/// <summary>The directory that a process, its supervisor and whoever watches share. Everything known of it lies here.</summary>
/// <param name="Root">Full path.</param>
internal sealed record ProcessFiles(string Root)
{
    /// <summary>What to run.</summary>
    public string Spec => Path.Combine(Root, "spec.json");

    /// <summary>Locked by the supervisor as long as it lives.</summary>
    public string Lock => Path.Combine(Root, "lock");

    /// <summary>Who supervises.</summary>
    public string Supervisor => Path.Combine(Root, "supervisor.json");

    /// <summary>There from just before the program is started.</summary>
    public string Starting => Path.Combine(Root, "starting");

    /// <summary>The program as it was started.</summary>
    public string Program => Path.Combine(Root, "program.json");

    /// <summary>Asks the supervisor to end the process.</summary>
    public string Cancel => Path.Combine(Root, "cancel");

    /// <summary>How it ended.</summary>
    public string Exit => Path.Combine(Root, "exit.json");

    /// <summary>What the supervisor has to say for itself.</summary>
    public string Complaints => Path.Combine(Root, "supervisor.log");

    /// <summary>How far the output has been read.</summary>
    public string Reading => Path.Combine(Root, "reading.json");

    /// <summary>The file of a stream that begins at an offset.</summary>
    public string Segment(string stream, long offset) =>
        Path.Combine(Root, string.Create(CultureInfo.InvariantCulture, $"{stream}.{offset:D16}.log"));

    /// <summary>The files of a stream: where they begin, in order.</summary>
    public IReadOnlyList<long> Segments(string stream)
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        var starts = Directory.EnumerateFiles(Root, stream + ".*.log")
            .Select(f => Path.GetFileName(f)[(stream.Length + 1)..^".log".Length])
            .Select(n => long.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture)).ToList();
        starts.Sort();
        return starts;
    }
}
