using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Engine.Runtime.Storage;

/// <summary>A filter as SQL with parameters.</summary>
internal sealed class InstanceConditions
{
    private readonly List<string> _conditions = [];
    private readonly List<object?> _values = [];

    public InstanceConditions(InstanceFilter filter)
    {
        In("Id", filter.Ids);
        In("DefinitionId", filter.DefinitionIds);
        In("DefinitionVersionId", filter.DefinitionVersionIds);
        In("Status", Names(filter.Statuses));
        In("SubStatus", Names(filter.SubStatuses));
        Is("CorrelationId", filter.CorrelationId);
        Is("Version", filter.Version);
        if (filter.HasIncidents is { } incidents)
        {
            _conditions.Add(incidents ? "IncidentCount > 0" : "IncidentCount = 0");
        }

        foreach (var time in filter.Times)
        {
            _conditions.Add($"{time.Column} {Sign(time.Operator)} {Parameter(time.Time.UtcTicks)}");
        }

        Search(filter.SearchTerm);
        Order = $"{(filter.OrderBy)} {(filter.Descending ? "DESC" : "ASC")}, Id {(filter.Descending ? "DESC" : "ASC")}";
    }

    /// <summary>The condition, with its keyword.</summary>
    public string Where => _conditions.Count == 0 ? string.Empty : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>What to sort by.</summary>
    public string Order { get; }

    /// <summary>The parameters so far.</summary>
    public object?[] Values => [.. _values];

    /// <summary>Adds a parameter and gives its name.</summary>
    public string Parameter(object? value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"@p{_values.Count - 1}");
    }

    /// <summary>The form in which a list of texts is a parameter.</summary>
    public static string List(IEnumerable<string> values) => new JsonArray([.. values.Select(v => (JsonNode?)v)]).ToJsonString();

    private void In(string column, IReadOnlyCollection<string>? values)
    {
        if (values is not null)
        {
            _conditions.Add($"{column} IN (SELECT value FROM json_each({Parameter(List(values))}))");
        }
    }

    private void Is(string column, object? value)
    {
        if (value is not null)
        {
            _conditions.Add($"{column} = {Parameter(value)}");
        }
    }

    private void Search(string? term)
    {
        if (!string.IsNullOrEmpty(term))
        {
            var pattern = Parameter($"%{term.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%");
            _conditions.Add(
                "(" + string.Join(" OR ", new[] { "Name", "Id", "DefinitionId", "CorrelationId" }.Select(c => $"{c} LIKE {pattern} ESCAPE '\\'")) + ")");
        }
    }

    private static string[]? Names<T>(IReadOnlyCollection<T> values)
        where T : struct, Enum => values.Count == 0 ? null : [.. values.Select(v => v.ToString())];

    private static string Sign(TimeOperator comparison) => comparison switch
    {
        TimeOperator.Is => "=",
        TimeOperator.IsNot => "<>",
        TimeOperator.GreaterThan => ">",
        TimeOperator.GreaterThanOrEqual => ">=",
        TimeOperator.LessThan => "<",
        _ => "<=",
    };
}
