using System.Text.Json.Nodes;
using Sandbox.Core.Components;
using Sandbox.Core.Configuration.Yaml;
using Sandbox.Core.Faults;
using Sandbox.Core.Recipes;
using Sandbox.Data.Analysis;
using Sandbox.Data.Execution;

namespace Sandbox.Data.Tests.Execution;

/// <summary>Runs recipes in a test's directory.</summary>
internal static class Run
{
    private static readonly IProgress<JobProgress> Silent = new NoProgress();

    public static Recipe Recipe(string yaml)
    {
        var faults = new List<Fault>();
        var node = ConfigParser.ParseYaml(yaml, "recipe.yaml", faults);
        faults.ShouldBeEmpty();
        return Core.Recipes.Recipe.Parse((JsonObject)node!.ToJson()!);
    }

    public static Task<RecipeResult> ProcessAsync(TestFiles files, string yaml, int? parallelism = null) =>
        RecipeExecutor.RunAsync(Recipe(yaml), files, Options(parallelism), Silent, CancellationToken.None);

    public static Task<AnalysisResult> AnalyzeAsync(TestFiles files, string yaml) =>
        Analyzer.RunAsync(Recipe(yaml), null, files, Options(null), Silent, CancellationToken.None);

    public static async Task<string> FailureAsync(TestFiles files, string yaml)
    {
        var exception = await Should.ThrowAsync<Exception>(() => ProcessAsync(files, yaml));
        exception.ShouldBeAssignableTo<Exception>();
        (exception is JobFailedException or FaultException).ShouldBeTrue(exception.ToString());
        return exception.Message;
    }

    private static DataRunOptions Options(int? parallelism) => new() { Time = TimeProvider.System, Parallelism = parallelism };

    private sealed class NoProgress : IProgress<JobProgress>
    {
        public void Report(JobProgress value)
        {
        }
    }
}
