using Sandbox.Core.Files;

namespace Sandbox.Cli.CommandLine;

/// <summary>Writes a command's result to a file, or to standard output.</summary>
internal static class OutputFile
{
    /// <summary>Writes a result; with JSON, standard output says in one object where it went, or holds it.</summary>
    public static async Task WriteAsync(string? path, string text, CliConsole console, bool json, CancellationToken cancellationToken)
    {
        if (path is not null || !json)
        {
            await WriteAsync(path, text, console, cancellationToken);
        }

        if (json)
        {
            console.Json(new { output = path is null ? null : Path.GetFullPath(path), text = path is null ? text : null });
        }
    }

    /// <summary>Writes under a temporary name, then renames, so that a reader sees the old file or the new one.</summary>
    public static async Task WriteAsync(string? path, string text, CliConsole console, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await console.Output.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        await WholeFile.WriteTextAsync(path, text, cancellationToken);
    }
}
