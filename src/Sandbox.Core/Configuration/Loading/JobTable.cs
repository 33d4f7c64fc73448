using System.Globalization;
using Sandbox.Core.Faults;
using Sandbox.Core.Iteration;

namespace Sandbox.Core.Configuration.Loading;

/// <summary>All jobs in the order in which they run, for look-ups by name as the context infos do them: the first job of a
/// name counts.</summary>
internal sealed class JobTable
{
    // Enough to find a slip of the pen, and bounded for files with thousands of names.
    private const int MaxCandidates = 200;
    private const string Nameless = "anonymous_meta_name";
    private readonly Dictionary<string, Dictionary<string, Job>> _pipelines = new(StringComparer.Ordinal);
    private readonly Dictionary<JobDraft, Job> _jobs = new(ReferenceEqualityComparer.Instance);
    private readonly List<Job> _order = [];

    public JobTable(IEnumerable<PipelineDraft> pipelines)
    {
        foreach (var pipeline in pipelines)
        {
            if (!_pipelines.TryGetValue(pipeline.Name, out var byName))
            {
                _pipelines[pipeline.Name] = byName = new(StringComparer.Ordinal);
            }

            foreach (var draft in pipeline.Jobs)
            {
                var job = new Job(draft, _order.Count);
                _order.Add(job);
                _jobs[draft] = job;
                if (!byName.TryAdd(draft.MetaName ?? Nameless, job))
                {
                    byName[draft.MetaName ?? Nameless].Namesakes.Add(job);
                }
            }
        }
    }

    /// <summary>Records how many results a job gives, and their names where its options name them.</summary>
    public void SetResults(JobDraft draft, JobReport report) =>
        (_jobs[draft].Results, _jobs[draft].Named) = (report.ResultNames?.Count ?? report.Results, report.ResultNames);

    /// <summary>Whether a job of the same name runs before, in whichever pipeline; else the names that may be meant.</summary>
    public bool HasNamesakeBefore(JobDraft draft, out IReadOnlyList<string> names)
    {
        var before = _order.Take(_jobs[draft].Order).Select(j => j.Draft.MetaName ?? Nameless);
        names = [];
        if (before.Contains(draft.MetaName ?? Nameless, StringComparer.Ordinal))
        {
            return true;
        }

        names = [.. before.Distinct(StringComparer.Ordinal).Take(MaxCandidates)];
        return false;
    }

    /// <summary>Whether there is a pipeline of that name.</summary>
    public bool HasPipeline(string? name) => name is not null && _pipelines.ContainsKey(name);

    /// <summary>Whether there is a pipeline, and in it a job of that name; says what is wrong, or null.</summary>
    public string? Check(string pipeline, string metaName) => Find($"{pipeline}.{metaName}.", out _, out _);

    /// <summary>Whether the key names a result that will exist; says what is wrong, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="reader">The job that reads it; null for the end of an iteration.</param>
    public string? Check(ContextKey key, JobDraft? reader)
    {
        Job? job;
        var output = key.Output;
        if (key.IsPrevious)
        {
            var place = _jobs[reader!].Order;
            if (place == 0)
            {
                return $"\"{key}\" means the last job before, and there is none: this is the first job of the config.";
            }

            job = _order[place - 1];
        }
        else if (Find(key.ToString(), out job, out output) is { } problem)
        {
            return problem;
        }

        if (reader is not null && job!.Order >= _jobs[reader].Order)
        {
            var which = ReferenceEquals(job.Draft, reader) ? "is this job itself" : $"runs later ({job.Draft.Location})";
            return $"\"{key}\" cannot exist yet: the job \"{job.Draft.Name}\" {which}. Only results of earlier jobs can be used.";
        }

        return job!.CheckOutput(key.ToString(), output);
    }

    // Names may hold dots themselves: as in a run, the longest that fits counts.
    private string? Find(string key, out Job? job, out string output)
    {
        job = null;
        output = string.Empty;
        var byName = Longest(_pipelines, key, out var rest);
        if (byName is null)
        {
            var (name, names) = (key.Split('.')[0], _pipelines.Keys);
            var only = names.Count == 1 ? $" The only pipeline is \"{names.First()}\"." : string.Empty;
            var near = Suggestion.For(name, names.Take(MaxCandidates));
            return $"there is no pipeline \"{name}\".{(near.Length > 0 ? near : only)}";
        }

        job = Longest(byName, rest, out output);
        if (job is not null)
        {
            return null;
        }

        var (pipeline, metaName) = (key[..^(rest.Length + 1)], rest.Split('.')[0]);
        return $"the pipeline \"{pipeline}\" has no job with the meta_name \"{metaName}\".{Suggestion.For(metaName, byName.Keys.Take(MaxCandidates))}";
    }

    private static T? Longest<T>(Dictionary<string, T> items, string key, out string rest)
        where T : class
    {
        for (var end = key.LastIndexOf('.'); end > 0; end = key.LastIndexOf('.', end - 1))
        {
            if (items.TryGetValue(key[..end], out var item))
            {
                rest = key[(end + 1)..];
                return item;
            }
        }

        rest = string.Empty;
        return null;
    }

    private sealed class Job(JobDraft draft, int order)
    {
        public JobDraft Draft { get; } = draft;

        public int Order { get; } = order;

        public int? Results { get; set; }

        /// <summary>Names that the options give the results; <c>output</c> picks from them.</summary>
        public IReadOnlyList<string>? Named { get; set; }

        private List<string> Names => Draft.Outputs?.Select(o => o.Text).ToList() ?? [.. Named ?? []];

        /// <summary>Later jobs of the same name, which no look-up reaches.</summary>
        public List<Job> Namesakes { get; } = [];

        public string? CheckOutput(string key, string output)
        {
            var names = Names;
            if (IsNamed(output) || IsUnnamed(output, names.Count))
            {
                return null;
            }

            if (Results == 0)
            {
                return $"\"{key}\" cannot exist: the job \"{Draft.Name}\" ({Draft.Location}) gives no result.";
            }

            var unnamed = Enumerable.Range(names.Count, Math.Max(0, (Results ?? names.Count + 1) - names.Count))
                .Select(i => i.ToString(CultureInfo.InvariantCulture));
            var known = names.Concat(unnamed.Take(MaxCandidates)).ToList();
            return $"the job \"{Draft.Name}\" ({Draft.Location}) gives no result \"{output}\": it gives {string.Join(", ", known.Select(k => $"\"{k}\""))}.{Remedy(output, names)}";
        }

        private bool IsNamed(string output) => Names.Exists(
            name => output == name || output.StartsWith(name + ".", StringComparison.Ordinal));

        private string Remedy(string output, IEnumerable<string> names) => Namesakes.Take(MaxCandidates).Any(n => n.IsNamed(output))
            ? " Look-ups take the first job of that name; a later one has this result: give it a meta_name of its own."
            : Suggestion.For(output, names);

        // Results without a name are "0", "1", … as upstream's program writes them, or res_1, res_2, … as documented.
        private bool IsUnnamed(string output, int named)
        {
            var first = output.Split('.')[0];
            var documented = first.StartsWith("res_", StringComparison.Ordinal);
            return int.TryParse(documented ? first[4..] : first, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && (documented ? number - 1 : number) is var index
                && index >= named
                && (Results is null || index < Results);
        }
    }
}
