namespace Sandbox.Engine.Activities;

/// <summary>An activity cannot go on for a reason that a person can read: the message becomes the incident's.</summary>
public sealed class ActivityFault(string message) : Exception(message);
