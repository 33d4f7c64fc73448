using System.Text.Json.Nodes;

namespace Sandbox.Engine.Runtime;

/// <summary>Exceptions as Elsa's incidents and records hold them.</summary>
internal static class ExceptionJson
{
    /// <summary>Without a stack trace: for failures that a person is meant to read and mend.</summary>
    public static JsonObject Brief(Exception exception) => new()
    {
        ["type"] = exception.GetType().Name,
        ["message"] = exception.Message,
    };

    /// <summary>With stack trace and inner exception: for what nobody foresaw.</summary>
    public static JsonObject Full(Exception exception)
    {
        var json = Brief(exception);
        json["stackTrace"] = exception.StackTrace;
        if (exception.InnerException is { } inner)
        {
            json["innerException"] = Full(inner);
        }

        return json;
    }
}
