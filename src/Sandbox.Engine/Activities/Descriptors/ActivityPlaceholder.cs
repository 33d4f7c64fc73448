namespace Sandbox.Engine.Activities;

/// <summary>The behaviour of an activity type. The runtime's own file replaces this one: delete it then.</summary>
public interface IActivity;
