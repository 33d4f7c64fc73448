namespace Sandbox.Engine.Definitions;

/// <summary>How bad a finding in a definition is.</summary>
public enum DefinitionSeverity
{
    /// <summary>The definition cannot be published.</summary>
    Error,

    /// <summary>It can be published, and probably does not do what was meant.</summary>
    Warning,
}

/// <summary>A finding in a definition.</summary>
/// <param name="ActivityId">The activity it is about; null for the workflow itself.</param>
/// <param name="Message">What is wrong and how to mend it; names the activity.</param>
/// <param name="Severity">Whether it forbids to publish.</param>
public sealed record DefinitionFault(
    string? ActivityId, string Message, DefinitionSeverity Severity = DefinitionSeverity.Error)
{
    /// <inheritdoc />
    public override string ToString() => Severity == DefinitionSeverity.Warning ? $"warning: {Message}" : Message;
}

/// <summary>JSON that is no workflow definition. The message says where and what.</summary>
public sealed class DefinitionFormatException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A definition that must not be published, with every finding.</summary>
public sealed class DefinitionInvalidException(IReadOnlyList<DefinitionFault> faults)
    : Exception(string.Join(Environment.NewLine, faults.Select(fault => fault.ToString())))
{
    /// <summary>All findings, in the order of the definition.</summary>
    public IReadOnlyList<DefinitionFault> Faults { get; } = faults;
}
