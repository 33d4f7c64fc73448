using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Engine.Persistence;

/// <summary>A definition version as it is stored: what lists are filtered and sorted by in columns, the root as text as
/// Elsa keeps it, everything else as JSON.</summary>
internal sealed class DefinitionRow
{
    public required string Id { get; set; }

    public required string DefinitionId { get; set; }

    public int Version { get; set; }

    public string? Name { get; set; }

    public string? Description { get; set; }

    public string? ToolVersion { get; set; }

    /// <summary>Which tool wrote it; see <see cref="Engine.Definitions.WorkflowDefinition.WriterProperty"/>.</summary>
    public string? Writer { get; set; }

    /// <summary>The editor at work that saved it last; see <see cref="SaveDefinition.EditSession"/>.</summary>
    public string? EditSession { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public bool IsReadonly { get; set; }

    public bool IsSystem { get; set; }

    public bool IsLatest { get; set; }

    public bool IsPublished { get; set; }

    /// <summary>SHA-256 of the content, in hex.</summary>
    public required string ContentHash { get; set; }

    /// <summary>Variables, inputs, outputs, outcomes, custom properties, options and unknown members.</summary>
    public required string Data { get; set; }

    /// <summary>The root activity.</summary>
    public required string StringData { get; set; }
}

/// <summary>Maps <see cref="DefinitionRow"/>.</summary>
internal sealed class DefinitionRowConfiguration : IEntityTypeConfiguration<DefinitionRow>
{
    public const string Table = "WorkflowDefinitions";

    public void Configure(EntityTypeBuilder<DefinitionRow> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(row => row.Id);
    }
}
