namespace Sandbox.Components.Programs;

/// <summary>A program's output says what a rule of the job forbids; the program is to be ended.</summary>
internal sealed class BrokenRuleException(string message) : Exception(message);
