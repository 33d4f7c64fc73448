namespace Sandbox.Environments;

/// <summary>An environment cannot be made or used; the message says which, why and how to mend it.</summary>
public sealed class EnvironmentException(string message, Exception? inner = null) : Exception(message, inner);
