using Sandbox.Core.Components.Options;
using System.Text.Json.Nodes;

namespace Sandbox.Data.Operators.Filters;

/// <summary>Filters by fields other than the text.</summary>
internal static class FieldFilters
{
    public static IEnumerable<OperatorDescriptor> All { get; } = [];
}
