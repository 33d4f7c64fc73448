namespace Sandbox.Cli.CommandLine;

/// <summary>Writes a command's result to a file, or to standard output.</summary>
internal static class OutputFile
{
    /// <summary>Writes under a temporary name, then renames, so that a reader sees the old file or the new one.</summary>
    public static async Task WriteAsync(string? path, string text, CliConsole console, CancellationToken cancellationToken)
    {
        if (path is null)
        {
            await console.Output.WriteAsync(text.AsMemory(), cancellationToken);
            return;
        }

        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await using (var stream = File.Create(temporary))
            {
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
