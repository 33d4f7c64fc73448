using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Selectors;

/// <summary>Takes the rows whose field has one of some values, in the order of the rows.</summary>
internal sealed class TagsSelector(TagsOptions options) : ISelector
{
    public ISelection Begin(Func<string> newScratchFile) => new Selection(options);

    private sealed class Selection(TagsOptions options) : ISelection
    {
        private readonly List<int> _chosen = [];
        private int _count;

        public void Add(Row row)
        {
            if (options.FieldKey.Length > 0 && IsTarget(FieldNumbers.Value(row, options.FieldKey)))
            {
                _chosen.Add(_count);
            }

            _count++;
        }

        public IReadOnlyList<int>? Choose() => _count <= 1 || options.FieldKey.Length == 0 ? null : _chosen;

        private bool IsTarget(JsonNode? value) => value is JsonArray or JsonObject
            ? throw new OperatorException($"its field \"{options.FieldKey}\" holds neither text nor a number nor null")
            : value is not null && value.GetValueKind() == JsonValueKind.String
                && options.TargetTags.Contains(value.GetValue<string>(), StringComparer.Ordinal);
    }
}
