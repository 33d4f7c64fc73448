namespace Sandbox.Environments.Supervision;

/// <summary>A supervisor could not be started; the message says why and how to mend it.</summary>
public sealed class SupervisionException(string message, Exception? inner = null) : Exception(message, inner);
