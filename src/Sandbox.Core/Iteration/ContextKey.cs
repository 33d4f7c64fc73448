namespace Sandbox.Core.Iteration;

/// <summary>A key into the context infos: <c>pipeline.meta_name.output</c>, or <c>-1.output</c> for the last job before.</summary>
/// <param name="Pipeline">Name of the pipeline, or <see cref="Previous"/>.</param>
/// <param name="MetaName">The job's meta name; empty with <see cref="Previous"/>.</param>
/// <param name="Output">Name of the result; more dots lead into it.</param>
public sealed record ContextKey(string Pipeline, string MetaName, string Output)
{
    /// <summary>Upstream's <c>-1</c>: the last job before, in the same iteration.</summary>
    public const string Previous = "-1";

    /// <summary>Whether the key means the last job before.</summary>
    public bool IsPrevious => Pipeline == Previous;

    /// <summary>Reads a key.</summary>
    /// <param name="text">The key as written.</param>
    /// <param name="key">The key.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Parse(string text, out ContextKey? key)
    {
        key = null;
        var parts = text.Trim().Split('.');
        var previous = parts[0] == Previous;
        var names = previous ? 1 : 2;
        if (parts.Length <= names || Array.Exists(parts, p => p.Length == 0))
        {
            return previous
                ? $"\"{text}\" names no result: write -1.<output>."
                : $"\"{text}\" is no key of the context infos: write <pipeline>.<meta_name>.<output>, or -1.<output> for the last job before.";
        }

        key = new ContextKey(parts[0], previous ? string.Empty : parts[1], string.Join('.', parts[names..]));
        return null;
    }

    /// <inheritdoc />
    public override string ToString() => IsPrevious ? $"{Previous}.{Output}" : $"{Pipeline}.{MetaName}.{Output}";
}
