using Sandbox.Core.Components;
using Sandbox.Core.Recipes;
using Sandbox.Data.Datasets;
using Sandbox.Data.Sampling;

namespace Sandbox.Data.Execution;

/// <summary>The data sets of a recipe, open: one after the other, or a sample of each.</summary>
internal sealed class RecipeData
{
    private readonly RecipeSources _sources;
    private readonly IReadOnlyList<long>? _samples;

    private RecipeData(RecipeSources sources, IReadOnlyList<DatasetReader> readers)
    {
        _sources = sources;
        _samples = sources.Samples();
        Readers = readers;
    }

    /// <summary>Whether rows are sampled.</summary>
    public bool IsSampled => _samples is not null;

    /// <summary>One for each data set where rows are sampled, else one for all.</summary>
    public IReadOnlyList<DatasetReader> Readers { get; }

    /// <summary>Bytes on disk of all files.</summary>
    public long TotalBytes => Readers.Sum(r => r.TotalBytes);

    /// <summary>Opens them.</summary>
    /// <exception cref="Core.Faults.JobFailedException">A path leads nowhere or to an unknown format.</exception>
    public static RecipeData Open(Recipe recipe, IJobFiles files)
    {
        var groups = recipe.Sources.MaxSampleNum is null ? [recipe.Sources.Paths] : recipe.Sources.Paths.Select(p => (IReadOnlyList<string>)[p]);
        return new RecipeData(recipe.Sources, [.. groups.Select(paths => DatasetReader.Open(paths, files, recipe.Settings))]);
    }

    /// <summary>Indices of the rows of a data set that are sampled.</summary>
    public IEnumerable<int> Sample(int source, int rows) => RowSample.Indices(rows, _samples![source], _sources.Items[source].Weight);
}
