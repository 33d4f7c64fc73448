using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Sandbox.Engine.Definitions;

namespace Sandbox.Server.Webhooks;

/// <summary>Sends deliveries, signed: HMAC-SHA256 over the time, a dot and the body, so that neither can be changed and an old one
/// can be told.</summary>
internal sealed class WebhookSender(HttpClient client, string? secret, TimeProvider time)
{
    public const string EventHeader = "X-Sandbox-Event";
    public const string DeliveryHeader = "X-Sandbox-Delivery";
    public const string TimeHeader = "X-Sandbox-Timestamp";
    public const string SignatureHeader = "X-Sandbox-Signature";

    /// <summary>Sends one.</summary>
    /// <returns>Null where it arrived, else why it did not.</returns>
    public async Task<string?> SendAsync(PendingDelivery delivery, CancellationToken cancellationToken)
    {
        var body = DefinitionJson.ToText(delivery.Body);
        var now = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Url) { Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse("application/json")) };
        request.Headers.Add(EventHeader, delivery.Event);
        request.Headers.Add(DeliveryHeader, delivery.Id);
        request.Headers.Add(TimeHeader, now);
        if (secret is not null)
        {
            request.Headers.Add(SignatureHeader, Sign(secret, now, body));
        }

        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it did not answer in time";
        }
    }

    /// <summary>The signature of a body that is sent at a time (Unix seconds).</summary>
    public static string Sign(string secret, string time, string body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
}
