using System.Collections.Concurrent;
using System.Net;
using Sandbox.Server.Http;

namespace Sandbox.Server.Access;

/// <summary>Counts keys that were none, by address, so that nobody tries them out: thirty a minute.</summary>
internal sealed class FailedKeys(TimeProvider time)
{
    private const int Most = 30;
    private const int MostAddresses = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<IPAddress, (DateTimeOffset Since, int Count)> _failures = new();

    /// <summary>Refuses an address that has failed too often.</summary>
    public void Refuse(IPAddress? address)
    {
        if (address is not null && _failures.TryGetValue(address, out var failed) && failed.Count >= Most && time.GetUtcNow() - failed.Since < Window)
        {
            throw new ProblemException(429, "Too many keys that are none. Wait a minute.");
        }
    }

    public void Note(IPAddress? address)
    {
        if (address is null)
        {
            return;
        }

        if (_failures.Count > MostAddresses)
        {
            _failures.Clear();
        }

        var now = time.GetUtcNow();
        _failures.AddOrUpdate(address, (now, 1), (_, f) => now - f.Since >= Window ? (now, 1) : (f.Since, f.Count + 1));
    }
}
