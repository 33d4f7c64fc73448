using Sandbox.Core.Components;

namespace Sandbox.Components.Programs.Steps;

/// <summary>The small Python programs that drive libraries without a command line. The copy that a job ran is kept with it.</summary>
internal static class Drivers
{
    /// <summary>Puts a driver into the attempt's directory and gives its full path.</summary>
    public static async Task<string> PlaceAsync(string name, ComponentContext context, CancellationToken cancellationToken)
    {
        var path = context.Files.Lasting(Path.Combine("drivers", name));
        await using var source = typeof(Drivers).Assembly.GetManifestResourceStream("Sandbox.Components.python." + name)!;
        await using var target = new FileStream(path, FileMode.Create);
        await source.CopyToAsync(target, cancellationToken);
        return path;
    }
}
