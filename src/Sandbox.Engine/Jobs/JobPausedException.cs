namespace Sandbox.Engine.Jobs;

/// <summary>Thrown by a handler that has brought its work to rest because the workflow is paused: the job is taken up again, in
/// the same attempt, when the workflow goes on.</summary>
public sealed class JobPausedException() : Exception("The job rests until its workflow goes on.");
