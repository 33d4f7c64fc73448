namespace Sandbox.Components.DataExecutor.Upstream;

/// <summary>Runs a program of the real Data-Juicer.</summary>
public interface IUpstreamProgram
{
    /// <summary>Where its recipe lies and where it writes: whoever goes on with the job finds it there.</summary>
    string Directory { get; }

    /// <summary>Runs it to its end and gives the exit code.</summary>
    /// <param name="command">Program and arguments, without the environment.</param>
    /// <param name="line">Takes each line of its output, from the first one on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="Core.Faults.JobFailedException">It could not be started, was ended or, where that is known better here, failed.</exception>
    Task<int> RunAsync(IReadOnlyList<string> command, Action<string> line, CancellationToken cancellationToken);
}
