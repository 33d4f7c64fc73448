namespace Sandbox.Testing;

/// <summary>The command line as built beside these tests, in the same configuration. A copy in a test project's own
/// directory would not do: packages that the test's shared framework has are missing there.</summary>
internal static class BuiltCommand
{
    public static string Path { get; } = System.IO.Path.Combine(
        Reference.Repository, "src", "Sandbox.Cli", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "sandbox.dll");

    public static string Configs { get; } = System.IO.Path.Combine(Reference.Repository, "configs");
}
