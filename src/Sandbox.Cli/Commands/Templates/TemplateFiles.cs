using System.Reflection;
using Sandbox.Core.Faults;

namespace Sandbox.Cli.Commands.Templates;

/// <summary>The files of the templates that are built into the program, with names to fill in.</summary>
internal static class TemplateFiles
{
    private const string Prefix = "templates/";

    /// <summary>Writes a template's files and gives their paths.</summary>
    /// <param name="template">Its name.</param>
    /// <param name="folder">Where to; new or empty.</param>
    /// <param name="values">What stands for each name in the files and in their names.</param>
    /// <exception cref="FaultException">The folder holds something.</exception>
    public static IReadOnlyList<string> Write(string template, string folder, IReadOnlyDictionary<string, string> values)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new FaultException($"{folder} is there already: remove it, or name another directory with --output.");
        }

        Directory.CreateDirectory(folder);
        var written = new List<string>();
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{Prefix}{template}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = Fill(resource[(Prefix.Length + template.Length + 1)..], values);
            var path = Path.Combine(folder, name.EndsWith(".cs.txt", StringComparison.Ordinal) ? Path.ChangeExtension(name, null) : name);
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            File.WriteAllText(path, Fill(reader.ReadToEnd(), values));
            written.Add(path);
        }

        return written;
    }

    /// <summary>The name of a class for a type, as <c>VowelShare</c> for <c>vowel_share</c>.</summary>
    public static string ClassName(string type) =>
        string.Concat(type.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));

    // The longer name first: one may begin with the other.
    private static string Fill(string text, IReadOnlyDictionary<string, string> values) =>
        values.OrderByDescending(v => v.Key.Length).Aggregate(text, (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal));
}
