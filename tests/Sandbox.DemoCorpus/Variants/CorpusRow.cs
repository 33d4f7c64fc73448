using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Variants;

/// <summary>A row of a shipped file. <c>meta</c> has the same keys in every row, as columnar readers expect.</summary>
internal sealed record CorpusRow(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("meta")] CorpusMeta Meta)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static CorpusRow Of(string text, Document? origin, string dirt, string note) =>
        new("", text, new CorpusMeta(origin?.Address ?? "", origin?.Part ?? 0, dirt, note));

    /// <summary>The row as a line of JSON, without the line break.</summary>
    public string ToLine() => JsonSerializer.Serialize(this, Plain);
}

/// <summary>Where a row comes from and what was done to it. For people and tests; no recipe looks at it.</summary>
/// <param name="Address">The address, or empty.</param>
/// <param name="Part">The document within the address, from 1; 0 for none.</param>
/// <param name="Dirt">Kind of dirt; empty for a clean row.</param>
/// <param name="Note">What was done.</param>
internal sealed record CorpusMeta(
    [property: JsonPropertyName("address")] string Address,
    [property: JsonPropertyName("part")] int Part,
    [property: JsonPropertyName("dirt")] string Dirt,
    [property: JsonPropertyName("note")] string Note);
