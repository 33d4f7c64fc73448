namespace Sandbox.Components.ChatServers;

/// <summary>A server did not answer as it should.</summary>
/// <param name="message">What happened, one line.</param>
/// <param name="isTransient">Whether asking again may help.</param>
/// <param name="retryAfter">How long the server wants to be left alone, if it said so.</param>
/// <param name="inner">The cause.</param>
internal sealed class ChatException(string message, bool isTransient, TimeSpan? retryAfter = null, Exception? inner = null)
    : Exception(message, inner)
{
    public bool IsTransient { get; } = isTransient;

    public TimeSpan? RetryAfter { get; } = retryAfter;
}
