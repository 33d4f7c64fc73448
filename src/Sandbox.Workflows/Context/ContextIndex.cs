using System.Collections.Immutable;
using Sandbox.Core.Context;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Context;

/// <summary>Context infos that grow by a job at a time. What it hands out stays as it was: immutable lists share what they
/// have in common.</summary>
internal sealed class ContextIndex
{
    private readonly Dictionary<int, List<(string Name, ImmutableList<JobContext> Jobs)>> _iterations = [];
    private readonly Dictionary<(int Iteration, string Pipeline), int> _places = [];
    private readonly Dictionary<int, IterationContext> _handedOut = [];

    public void Add(JobRecordRow row)
    {
        if (!_iterations.TryGetValue(row.Iteration, out var pipelines))
        {
            _iterations[row.Iteration] = pipelines = [];
        }

        if (!_places.TryGetValue((row.Iteration, row.Pipeline), out var place))
        {
            _places[(row.Iteration, row.Pipeline)] = place = pipelines.Count;
            pipelines.Add((row.Pipeline, []));
        }

        pipelines[place] = (row.Pipeline, pipelines[place].Jobs.Add(ContextOf.Record(row)));
        _handedOut.Remove(row.Iteration);
    }

    public IterationContext Iteration(int number)
    {
        if (!_handedOut.TryGetValue(number, out var context))
        {
            var pipelines = _iterations.GetValueOrDefault(number) ?? [];
            _handedOut[number] = context = new IterationContext(number, [.. pipelines.Select(p => new PipelineContext(p.Name, p.Jobs))]);
        }

        return context;
    }
}
