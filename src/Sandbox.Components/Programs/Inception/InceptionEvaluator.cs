using System.Text.Json.Nodes;
using Sandbox.Components.DataEvaluator.Features;
using Sandbox.Components.DataPools;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Files;
using Sandbox.Core.Hooks;
using Sandbox.Environments.Supervision;

namespace Sandbox.Components.Programs.Inception;

/// <summary>FID, KID, FVD, inception score, precision and recall of generated videos: from features in files here, else by
/// Data-Juicer's own program. Gives the line of results.</summary>
internal sealed class InceptionEvaluator(ProcessSupervision supervision, InceptionOptions options) : IComponent
{
    private const int Subsets = 100;
    private const int SubsetSize = 1000;
    private const int Splits = 10;
    private const int Neighbours = 3;

    public static ComponentDescriptor Descriptor(ProcessSupervision supervision) => new()
    {
        Factory = FactoryNames.DataEvaluator,
        Type = "video_inception_evaluator",
        Summary = "Computes FID, KID, FVD, inception score or precision and recall of generated videos.",
        OptionsType = typeof(InceptionOptions),
        Create = o => new InceptionEvaluator(supervision, (InceptionOptions)o),
    };

    public async Task<HookResult> RunAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var result = options.HasFeatures ? FromFeatures(context, cancellationToken) : await FromProgramAsync(context, cancellationToken);
        foreach (var (name, value) in result["results"]!.AsObject())
        {
            context.Watcher.Log($"{context.Job.WatchName}.{name}", (double)value!);
        }

        if (!string.IsNullOrEmpty(options.ResultPath))
        {
            await WholeFile.WriteTextAsync(context.Files.ResolveWrite(options.ResultPath), result.ToJsonString(DataPool.Json) + "\n", cancellationToken);
        }

        return HookResult.One(result);
    }

    private JsonObject FromFeatures(ComponentContext context, CancellationToken cancellationToken) => new()
    {
        ["results"] = Figures(context, cancellationToken),
        ["metric"] = options.Metric,
        ["num_runs"] = 1,
        ["real_data_path"] = options.RealFeaturesPath,
        ["fake_data_path"] = options.FakeFeaturesPath,
    };

    private JsonObject Figures(ComponentContext context, CancellationToken cancellationToken)
    {
        var fake = NpyFile.ReadMatrix(context.Files.ResolveRead(options.FakeFeaturesPath!), options.FakeFeaturesPath!);
        var name = options.Metric;
        if (!options.NeedsReal)
        {
            var (mean, deviation) = fake.Length >= Splits
                ? InceptionScore.Of(fake, Splits)
                : throw new JobFailedException(FormattableString.Invariant($"{Splits} rows are needed, {options.FakeFeaturesPath} has {fake.Length}."));
            return new JsonObject { [name + "_mean"] = mean, [name + "_std"] = deviation };
        }

        var real = NpyFile.ReadMatrix(context.Files.ResolveRead(options.RealFeaturesPath!), options.RealFeaturesPath!);
        if (real[0].Length != fake[0].Length || Math.Min(real.Length, fake.Length) <= Neighbours)
        {
            throw new JobFailedException($"{options.RealFeaturesPath} and {options.FakeFeaturesPath} need as many columns, and more than {Neighbours} rows each.");
        }

        return name[..2] switch
        {
            "fi" or "fv" => new JsonObject { [name] = FrechetDistance.Of(real, fake, freedom: name[1] == 'i' ? 1 : 0) },
            "ki" => new JsonObject { [name] = 1000 * KernelDistance.OverSubsets(real, fake, Subsets, SubsetSize, (uint)options.Seed, cancellationToken) },
            "kv" => new JsonObject { [name] = KernelDistance.OverSubsets(real, fake, Subsets, SubsetSize, (uint)options.Seed, cancellationToken) },
            _ => new JsonObject { [name + "_precision"] = Coverage.Of(real, fake, Neighbours), [name + "_recall"] = Coverage.Of(fake, real, Neighbours) },
        };
    }

    private async Task<JsonObject> FromProgramAsync(ComponentContext context, CancellationToken cancellationToken)
    {
        var programs = await ProgramSteps.PrepareAsync(supervision, options, context, cancellationToken);
        var (request, result) = (context.Files.Lasting("inception.json"), context.Files.Lasting("inception-result.jsonl"));
        await WholeFile.WriteTextAsync(request, Request(context).ToJsonString(DataPool.Json), cancellationToken);
        var driver = await Drivers.PlaceAsync("inception_metrics.py", context, cancellationToken);
        var line = await programs.RunAsync(
            new ProgramStep(options.Metric, [programs.Python, driver, request, result], context.Files.FullPath(options.DataJuicerHome)),
            _ => JsonNode.Parse(File.ReadLines(result).Last()),
            cancellationToken);
        return (JsonObject)line!.DeepClone();
    }

    private JsonObject Request(ComponentContext context) => new()
    {
        ["fake_data_path"] = context.Files.ResolveRead(options.FakeDataPath!),
        ["real_data_path"] = options.RealDataPath is { Length: > 0 } real ? context.Files.ResolveRead(real) : null,
        ["fake_mm_dir"] = options.FakeMmDir,
        ["real_mm_dir"] = options.RealMmDir,
        ["metric"] = options.Metric,
        ["detector_path"] = options.DetectorPath,
        ["num_runs"] = options.NumRuns,
        ["height"] = options.Height,
        ["width"] = options.Width,
        ["replace_cache"] = options.ReplaceCache,
        ["verbose"] = options.Verbose,
        ["seed"] = options.Seed,
    };
}
