using System.Text.Json;
using Sandbox.Workflows.Persistence;

namespace Sandbox.Workflows.Resources;

/// <summary>Decides who gets slots.</summary>
internal static class SlotGrants
{
    /// <summary>Gives free slots to those that wait, in the order in which they asked. One that has to wait holds its place:
    /// nobody after it gets what it waits for.</summary>
    /// <param name="claims">All living claims in order.</param>
    /// <param name="all">The machine's slots.</param>
    public static void Grant(IReadOnlyList<ResourceClaimRow> claims, IReadOnlyDictionary<string, IReadOnlyList<string>> all)
    {
        var free = all.ToDictionary(a => a.Key, a => a.Value.ToList(), StringComparer.Ordinal);
        foreach (var (name, slots) in claims.Where(c => c.Given is not null).SelectMany(c => Read(c.Given!)))
        {
            free.GetValueOrDefault(name)?.RemoveAll(slots.Contains);
        }

        foreach (var claim in claims.Where(c => c.Given is null))
        {
            var wants = JsonSerializer.Deserialize<Dictionary<string, int>>(claim.Wants)!;
            if (wants.All(w => free.GetValueOrDefault(w.Key)?.Count >= w.Value))
            {
                var given = wants.ToDictionary(w => w.Key, w => free[w.Key].Take(w.Value).ToList(), StringComparer.Ordinal);
                claim.Given = JsonSerializer.Serialize(given);
                foreach (var (name, slots) in given)
                {
                    free[name].RemoveAll(slots.Contains);
                }
            }
            else
            {
                foreach (var name in wants.Where(w => w.Value > 0).Select(w => w.Key))
                {
                    free.Remove(name);
                }
            }
        }
    }

    /// <summary>Reads what a claim was given.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string given) =>
        JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(given)!;
}
