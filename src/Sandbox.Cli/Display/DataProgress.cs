using System.Globalization;
using Sandbox.Cli.CommandLine;
using Sandbox.Core.Components;

namespace Sandbox.Cli.Display;

/// <summary>Progress of a data command: a line every few seconds on standard error.</summary>
internal sealed class DataProgress(CliConsole console, bool json) : IProgress<JobProgress>, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);
    private readonly Lock _gate = new();
    private long _last = TimeProvider.System.GetTimestamp();
    private bool _shown;

    public void Report(JobProgress value)
    {
        lock (_gate)
        {
            if (TimeProvider.System.GetElapsedTime(_last) < Every)
            {
                return;
            }

            _last = TimeProvider.System.GetTimestamp();
            double? fraction = value.Total is > 0 ? value.Done / value.Total.Value : null;
            if (json)
            {
                console.Json(new { kind = "progress", fraction, text = value.Text });
                return;
            }

            var percent = fraction is { } f ? string.Create(CultureInfo.InvariantCulture, $"{f * 100:0}% ") : string.Empty;
            console.Error.Write(console.IsTerminal ? $"\r{percent}{value.Text}\u001b[K" : $"{percent}{value.Text}\n");
            _shown = true;
        }
    }

    public void Dispose()
    {
        if (_shown && console.IsTerminal && !json)
        {
            console.Error.Write("\r\u001b[K");
        }
    }
}
