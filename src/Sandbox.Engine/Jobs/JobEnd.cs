namespace Sandbox.Engine.Jobs;

/// <summary>How an attempt ended: with a result, or with an exception.</summary>
internal sealed record JobEnd(LiveJob Job, JobResult? Result, Exception? Exception);
