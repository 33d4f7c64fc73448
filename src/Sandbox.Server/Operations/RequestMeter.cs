using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Sandbox.Server.Operations;

/// <summary>Counts requests by class of answer, and how long they took.</summary>
internal sealed class RequestMeter
{
    private static readonly double[] Bounds = [0.005, 0.02, 0.1, 0.5, 2, 10];

    private readonly ConcurrentDictionary<int, long> _byClass = new();
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private double _seconds;
    private readonly Lock _lock = new();

    public void Note(int status, TimeSpan took)
    {
        _byClass.AddOrUpdate(status / 100, 1, (_, n) => n + 1);
        lock (_lock)
        {
            var bucket = Array.FindIndex(Bounds, b => took.TotalSeconds <= b);
            _buckets[bucket < 0 ? Bounds.Length : bucket]++;
            _seconds += took.TotalSeconds;
        }
    }

    public void Write(StringBuilder text)
    {
        text.Append("# HELP sandbox_http_requests_total Requests by class of answer.\n# TYPE sandbox_http_requests_total counter\n");
        foreach (var (status, count) in _byClass.OrderBy(c => c.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"sandbox_http_requests_total{{status=\"{status}xx\"}} {count}\n");
        }

        text.Append("# HELP sandbox_http_request_seconds How long requests took.\n# TYPE sandbox_http_request_seconds histogram\n");
        lock (_lock)
        {
            var sum = 0L;
            for (var i = 0; i <= Bounds.Length; i++)
            {
                sum += _buckets[i];
                var bound = i < Bounds.Length ? Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"sandbox_http_request_seconds_bucket{{le=\"{bound}\"}} {sum}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"sandbox_http_request_seconds_sum {_seconds}\nsandbox_http_request_seconds_count {sum}\n");
        }
    }
}

/// <summary>Meters each request.</summary>
internal sealed class RequestMeterMiddleware(RequestDelegate next, RequestMeter meter, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            meter.Note(http.Response.StatusCode, time.GetElapsedTime(started));
        }
    }
}
