namespace Sandbox.Core.Logs.Formats;

/// <summary>Reads lines of one format. Each stream has a reader of its own, since some remember what came before.</summary>
internal abstract class LogReader
{
    /// <summary>Start of a text over several lines that has not ended, or null.</summary>
    public virtual LogPosition? OpenSince => null;

    /// <summary>What a piece says, in order of its text.</summary>
    public abstract IReadOnlyList<LogFinding> Read(LogPiece piece);

    /// <summary>Whether a piece is of this format though it says nothing new.</summary>
    public virtual bool Claims(LogPiece piece) => false;

    /// <summary>What was open when the stream ended.</summary>
    public virtual IReadOnlyList<LogFinding> Complete() => [];
}

/// <summary>Several formats that share their lines: all are read.</summary>
internal sealed class AllOf(params LogReader[] readers) : LogReader
{
    public override LogPosition? OpenSince => readers.Select(r => r.OpenSince).FirstOrDefault(p => p is not null);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece) => Sorted(readers.SelectMany(r => r.Read(piece)));

    public override IReadOnlyList<LogFinding> Complete() => Sorted(readers.SelectMany(r => r.Complete()));

    private static IReadOnlyList<LogFinding> Sorted(IEnumerable<LogFinding> findings) => [.. findings.OrderBy(f => f.TextOffset)];
}

/// <summary>Formats of which the first that knows a piece has it.</summary>
internal sealed class FirstOf(params LogReader[] readers) : LogReader
{
    public override LogPosition? OpenSince => readers.Select(r => r.OpenSince).FirstOrDefault(p => p is not null);

    public override IReadOnlyList<LogFinding> Read(LogPiece piece)
    {
        foreach (var reader in readers)
        {
            var found = reader.Read(piece);
            if (found.Count > 0 || reader.Claims(piece))
            {
                return found;
            }
        }

        return [];
    }

    public override IReadOnlyList<LogFinding> Complete() => [.. readers.SelectMany(r => r.Complete())];
}
