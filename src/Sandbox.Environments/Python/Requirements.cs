using System.Security.Cryptography;
using System.Text;

namespace Sandbox.Environments.Python;

/// <summary>What to install: a requirements file, a directory with code, a list of packages, or what a script installs.</summary>
public sealed class Requirements
{
    private static readonly string[] ProjectFiles = ["pyproject.toml", "setup.py", "setup.cfg"];

    private Requirements(string description, IReadOnlyList<string> arguments, string fingerprint) =>
        (Description, Arguments, Fingerprint) = (description, arguments, fingerprint);

    /// <summary>What it is, for people.</summary>
    public string Description { get; }

    /// <summary>Arguments of <c>pip install</c>; of <c>python</c> for a script.</summary>
    internal IReadOnlyList<string> Arguments { get; }

    /// <summary>Whether a script installs it.</summary>
    internal bool IsScript { get; private init; }

    /// <summary>Changes when something else is to be installed.</summary>
    internal string Fingerprint { get; }

    /// <summary>A requirements file, or a directory with code, which is installed so that later changes count.</summary>
    /// <exception cref="EnvironmentException">There is neither.</exception>
    public static Requirements OfPath(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            var contents = ProjectFiles.Select(f => Path.Combine(full, f)).Where(File.Exists).Select(File.ReadAllText);
            return new Requirements($"the code in {path}", ["-e", full], Hash(contents.Prepend(full).Prepend("-e")));
        }

        return File.Exists(full)
            ? new Requirements($"the requirements in {path}", ["-r", full], Hash(["-r", full, File.ReadAllText(full)]))
            : throw new EnvironmentException($"There is neither a requirements file nor a directory {path}.");
    }

    /// <summary>A list of packages; each may carry options of pip.</summary>
    /// <exception cref="EnvironmentException">An item cannot be split.</exception>
    public static Requirements OfList(IReadOnlyList<string> items)
    {
        var arguments = items.SelectMany(RequirementLine.Split).ToList();
        return new Requirements(string.Join(", ", items.Select(Secrets.Hide)), arguments, Hash(arguments));
    }

    /// <summary>What a Python script installs when it runs in its own directory; once, until its text changes.</summary>
    /// <exception cref="EnvironmentException">There is none.</exception>
    public static Requirements OfScript(string path)
    {
        const string There = "import os, runpy, sys; os.chdir(os.path.dirname(sys.argv[1])); runpy.run_path(sys.argv[1], run_name='__main__')";
        var full = Path.GetFullPath(path);
        return File.Exists(full)
            ? new Requirements($"what {path} installs", ["-c", There, full], Hash(["script", full, File.ReadAllText(full)])) { IsScript = true }
            : throw new EnvironmentException($"There is no script {path}.");
    }

    private static string Hash(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));
}
