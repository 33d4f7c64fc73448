using System.Runtime.CompilerServices;

namespace Sandbox.Testing;

/// <summary>Lets operators find the models of the reference runs, as their users would: by the environment.</summary>
internal static class ReferenceModels
{
    [ModuleInitializer]
    internal static void Use()
    {
        foreach (var (variable, folder) in new[] { ("DATA_JUICER_MODELS_CACHE", "models"), ("DATA_JUICER_ASSETS_CACHE", "assets") })
        {
            if (Reference.Find("upstream-runs/data-juicer/" + folder) is { } path)
            {
                Environment.SetEnvironmentVariable(variable, path);
            }
        }
    }
}
