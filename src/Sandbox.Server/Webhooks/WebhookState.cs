using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Core.Files;

namespace Sandbox.Server.Webhooks;

/// <summary>A delivery that did not succeed yet.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Id">Id of the event.</param>
/// <param name="Event">Its name.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAt">When it is tried again.</param>
internal sealed record PendingDelivery(string Url, string Id, string Event, JsonObject Body, int Attempts, DateTimeOffset NextAt);

/// <summary>How far webhooks have come; a file of the home, whole or not at all.</summary>
/// <param name="Begin">When the first webhook was set: what was before is nobody's news.</param>
/// <param name="UpTo">What changed up to then was looked at.</param>
/// <param name="Pending">Deliveries to come.</param>
/// <param name="Seen">Ids of the events of the last look.</param>
internal sealed record WebhookState(DateTimeOffset Begin, DateTimeOffset UpTo, IReadOnlyList<PendingDelivery> Pending, IReadOnlyList<string> Seen)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The state that was kept; a new one where there is none, which begins now.</summary>
    public static async Task<WebhookState> ReadAsync(string path, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return JsonSerializer.Deserialize<WebhookState>(await File.ReadAllTextAsync(path, cancellationToken), Json) ?? new WebhookState(now, now, [], []);
        }
        catch (Exception e) when (e is FileNotFoundException or JsonException)
        {
            return new WebhookState(now, now, [], []);
        }
    }

    public Task WriteAsync(string path, CancellationToken cancellationToken) =>
        WholeFile.WriteTextAsync(path, JsonSerializer.Serialize(this, Json), cancellationToken);
}
