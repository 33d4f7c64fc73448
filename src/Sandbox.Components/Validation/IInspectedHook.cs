namespace Sandbox.Components.Validation;

/// <summary>A hook with rules of its own for its configs, beside those of its factory.</summary>
internal interface IInspectedHook
{
    /// <summary>Adds faults and paths.</summary>
    void Inspect(JobToInspect job, InspectionDraft draft);
}
