namespace Sandbox.Core.Failures;

/// <summary>How a program ended, why, and what to do about it.</summary>
/// <param name="Status"><c>finished</c>, <c>failed</c> or <c>killed</c>; <c>unknown</c> where nobody told and the log does
/// not say.</param>
/// <param name="Cause">Why, in the program's words where it has any; null where nothing went wrong.</param>
/// <param name="Remedy">What to do; null where no rule knows the cause.</param>
public sealed record FailureExplanation(string Status, string? Cause, string? Remedy)
{
    /// <summary>Cause and remedy as one text for a job's error.</summary>
    public override string ToString() => Remedy is null ? Cause ?? Status : $"{Cause ?? Status}\nWhat to do: {Remedy}";
}
