namespace Sandbox.Engine.Definitions.Json;

/// <summary>Gives ids where Elsa gives them (type name and count, except directly inside a flowchart) and computes every
/// node id.</summary>
internal sealed class IdentityAssigner
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    private IdentityAssigner(ActivityNode root)
    {
        _taken = [.. root.DescendantsAndSelf().Select(node => node.Id), NodeIds.Workflow];
    }

    public static ActivityNode Assign(ActivityNode root) => new IdentityAssigner(root).Visit(root, NodeIds.Workflow, isNameless: false);

    public static IReadOnlyList<Variable> Assign(IReadOnlyList<Variable> variables, string ownerId) =>
        variables.All(variable => variable.Id.Length > 0)
            ? variables
            : [.. variables.Select((v, i) => v.Id.Length > 0 ? v : v with { Id = $"{ownerId}:variable-{i + 1}" })];

    private ActivityNode Visit(ActivityNode node, string parentNodeId, bool isNameless)
    {
        var id = node.Id.Length > 0 || isNameless ? node.Id : NextId(node.Type);
        var nodeId = NodeIds.Join(parentNodeId, id);
        var isFlowchart = node.Connections is not null;
        return node with
        {
            Id = id,
            NodeId = nodeId,
            Variables = node.Variables is null ? null : Assign(node.Variables, id),
            Activities = node.Activities?.Select(child => Visit(child, nodeId, isFlowchart)).ToList(),
            Ports = node.Ports.Count == 0 ? node.Ports : VisitPorts(node, nodeId),
        };
    }

    private OrderedDictionary<string, EmbeddedPort> VisitPorts(ActivityNode node, string nodeId) => new(
        node.Ports.Select(port => KeyValuePair.Create(
            port.Key,
            port.Value with { Activities = [.. port.Value.Activities.Select(child => Visit(child, nodeId, isNameless: false))] })),
        StringComparer.OrdinalIgnoreCase);

    private string NextId(string type)
    {
        var name = type[(type.LastIndexOf('.') + 1)..];
        string id;
        do
        {
            var count = _counts[name] = _counts.GetValueOrDefault(name) + 1;
            id = $"{name}{count}";
        }
        while (!_taken.Add(id));
        return id;
    }
}
