using Sandbox.Core.Components.Options;
using Sandbox.Data.Sentences;

namespace Sandbox.Data.Operators.Mappers;

/// <summary>Options of <c>sentence_split_mapper</c>.</summary>
public sealed class SentenceSplitOptions : OperatorOptions, IValidatableOptions
{
    /// <summary>The language: <c>en</c>, <c>fr</c>, <c>pt</c> or <c>es</c>.</summary>
    [Option("lang")]
    public string Language { get; init; } = "en";

    internal Func<string, string> Splitter()
    {
        var splitter = new SentenceSplitter(PunktParameters.Load(Language));
        return text => string.Join('\n', splitter.Split(text));
    }

    /// <inheritdoc />
    public void Validate(Action<string, string> fault)
    {
        if (!PunktParameters.Languages.Contains(Language, StringComparer.Ordinal))
        {
            fault("lang", $"\"{Language}\" is unknown: {string.Join(", ", PunktParameters.Languages)}.");
        }
    }
}
