using System.Text.Json.Nodes;
using Sandbox.Components.Programs.Steps;
using Sandbox.Core.Components;

namespace Sandbox.Components.Programs.InternVl;

/// <summary>Installs what InternVL needs into the job's environment, as its installation guide says.</summary>
internal static class InternVlSetup
{
    private static readonly string[] Extra = ["flash-attn==2.3.6", "--no-build-isolation", "datasets", "deepspeed==0.15.4"];

    public static string Home(InternVlOptions options, ComponentContext context) => context.Files.FullPath(options.InternVlHome);

    public static async Task InstallAsync(InternVlOptions options, ProgramSteps programs, ComponentContext context, CancellationToken cancellationToken)
    {
        if (!options.Install || !options.HasEnvironment)
        {
            return;
        }

        var home = Home(options, context);
        await programs.RunAsync(Pip("install InternVL's requirements", home, ["-r", Path.Combine(home, "requirements.txt")]), _ => JsonValue.Create(true), cancellationToken);
        await programs.RunAsync(Pip("install flash-attn, datasets and deepspeed", home, Extra), _ => JsonValue.Create(true), cancellationToken);
    }

    private static ProgramStep Pip(string name, string directory, IReadOnlyList<string> what) =>
        new(name, ["python", "-m", "pip", "install", .. what], directory);
}
