using Sandbox.Core.Faults;

namespace Sandbox.Components.DataExecutor;

/// <summary>Calls the data engine from a job.</summary>
internal static class EngineCall
{
    /// <summary>Runs it; what is wrong in the recipe fails the job with all of it, as any fault that shows only now.</summary>
    public static async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        try
        {
            return await run();
        }
        catch (FaultException e)
        {
            throw new JobFailedException(string.Join(' ', e.Faults.Select(f => $"dj_configs.{f.Message}")), e);
        }
    }
}
