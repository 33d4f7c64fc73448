using System.Collections.ObjectModel;
using Sandbox.Core.Faults;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>The faults found so far, in all files.</summary>
internal sealed class Findings : Collection<Fault>
{
    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);

    public bool HasErrors => Items.Any(f => f.Severity == FaultSeverity.Error);

    /// <summary>Faults are ordered by the order in which files were opened.</summary>
    public void RegisterFile(string file) => _ranks.TryAdd(file, _ranks.Count);

    public void Error(SourceLocation at, string message) => Add(new Fault(at, message));

    public void Warn(SourceLocation at, string message) => Add(new Fault(at, message, FaultSeverity.Warning));

    /// <summary>By file and position, each once: a recipe that ten jobs use is wrong only once. Overrides, which stand
    /// in no file, come last.</summary>
    public IReadOnlyList<Fault> Sorted() =>
        [.. Items.Distinct()
            .OrderBy(f => f.Location is { } at ? _ranks.GetValueOrDefault(at.File, int.MaxValue) : int.MaxValue)
            .ThenBy(f => f.Location?.File, StringComparer.Ordinal)
            .ThenBy(f => f.Location?.Line)
            .ThenBy(f => f.Location?.Column)];
}
