namespace Sandbox.Environments.Python;

/// <summary>A command that runs inside an environment.</summary>
/// <param name="Command">Program and arguments.</param>
/// <param name="Variables">Variables to set beside those of the caller.</param>
public sealed record EnvironmentCommand(IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Variables);
