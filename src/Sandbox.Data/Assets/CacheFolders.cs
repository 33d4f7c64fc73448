namespace Sandbox.Data.Assets;

/// <summary>Where Data-Juicer keeps what it downloads, by its environment variables.</summary>
internal static class CacheFolders
{
    public const string ModelsVariable = "DATA_JUICER_MODELS_CACHE";
    public const string AssetsVariable = "DATA_JUICER_ASSETS_CACHE";

    /// <summary>Models: <c>DATA_JUICER_MODELS_CACHE</c>, else <c>models</c> of the common cache.</summary>
    public static string Models => Of(ModelsVariable, "models");

    /// <summary>Word tables: <c>DATA_JUICER_ASSETS_CACHE</c>, else <c>assets</c> of the common cache.</summary>
    public static string Assets => Of(AssetsVariable, "assets");

    private static string Of(string variable, string name) => Expand(Variable(variable) ?? Path.Combine(Home, name));

    private static string Home => Variable("DATA_JUICER_CACHE_HOME") ?? Path.Combine(Variable("CACHE_HOME") ?? "~/.cache", "data_juicer");

    private static string Expand(string path) => path.StartsWith("~/", StringComparison.Ordinal)
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..])
        : path;

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
