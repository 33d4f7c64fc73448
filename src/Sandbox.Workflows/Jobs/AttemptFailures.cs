using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sandbox.Core.Faults;
using Sandbox.Engine.Jobs;
using Sandbox.Engine.Leases;

namespace Sandbox.Workflows.Jobs;

/// <summary>What an exception of an attempt is for people.</summary>
internal static class AttemptFailures
{
    /// <summary>Whether the job failed and the handler has to say so; not when it was told to end, or another worker has
    /// the run.</summary>
    public static bool IsFailure(Exception exception, CancellationToken stop) => exception switch
    {
        JobFailure or LeaseLostException => false,
        OperationCanceledException => !stop.IsCancellationRequested,
        _ => true,
    };

    /// <summary>Whether nobody foresaw it, so that its stack trace is worth keeping.</summary>
    public static bool IsUnforeseen(Exception exception) => exception is not (
        JobFailure or JobFailedException or FaultException or IOException or UnauthorizedAccessException or DbException or DbUpdateException);

    /// <summary>The message for people, which stands without a stack trace.</summary>
    public static string Describe(Exception exception) => exception switch
    {
        JobFailure or JobFailedException or FaultException => exception.Message,
        IOException or UnauthorizedAccessException => FileFault.Sentence(exception, "resume the run"),
        DbException or DbUpdateException => $"{exception.GetBaseException().Message.TrimEnd('.')}. Mend that, then resume the run.",
        _ => $"{exception.GetType().Name}: {exception.GetBaseException().Message} The job's log has the details.",
    };
}
