namespace Sandbox.Testing;

/// <summary>Finds the reference files that tests compare with: <c>SANDBOX_REFERENCE</c>, else <c>../shared</c> beside
/// the repository.</summary>
internal static class Reference
{
    /// <summary>Root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Full path of a reference file or directory, or null where the reference files are not at hand.</summary>
    public static string? Find(string relative)
    {
        var root = Environment.GetEnvironmentVariable("SANDBOX_REFERENCE")
            ?? Path.Combine(Repository, "..", "shared");
        var path = Path.GetFullPath(Path.Combine(root, relative));
        return Path.Exists(path) ? path : null;
    }

    private static string FindRepository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Sandbox.Workflows.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}

/// <summary>A test that needs reference files: skipped, and says so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceFactAttribute : FactAttribute
{
    public ReferenceFactAttribute(string relative)
    {
        if (Reference.Find(relative) is null)
        {
            Skip = $"Reference files are absent: {relative} (set SANDBOX_REFERENCE).";
        }
    }
}

/// <summary>A theory that needs reference files: skipped, and says so, where they are absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReferenceTheoryAttribute : TheoryAttribute
{
    public ReferenceTheoryAttribute(string relative)
    {
        if (Reference.Find(relative) is null)
        {
            Skip = $"Reference files are absent: {relative} (set SANDBOX_REFERENCE).";
        }
    }
}
