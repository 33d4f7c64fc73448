namespace Sandbox.Server.Http;

/// <summary>A request that cannot be answered as asked: becomes a problem document.</summary>
/// <param name="status">The status code.</param>
/// <param name="message">What is wrong and how to mend it.</param>
internal sealed class ProblemException(int status, string message) : Exception(message)
{
    /// <summary>The status code.</summary>
    public int Status { get; } = status;

    /// <summary>All that is wrong, where it is more than one thing.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [message];

    /// <summary>The request itself is wrong.</summary>
    public static ProblemException Bad(string message) => new(StatusCodes.Status400BadRequest, message);

    /// <summary>There is no such thing.</summary>
    public static ProblemException NotFound(string what, string id) =>
        new(StatusCodes.Status404NotFound, $"There is no {what} \"{id}\".");

    /// <summary>The thing is not in a state for it.</summary>
    public static ProblemException Conflict(string message) => new(StatusCodes.Status409Conflict, message);
}
