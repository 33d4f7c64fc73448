using System.ComponentModel;
using System.Globalization;

namespace Sandbox.Server.Hosting;

/// <summary>How the server works. Each setting comes from the section <c>Sandbox</c> of the configuration: a command-line
/// argument <c>--Sandbox:Name value</c>, an environment variable <c>Sandbox__Name</c>, or <c>appsettings.json</c>.</summary>
internal sealed record ServerSettings
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Sandbox";

    [Description("The directory that relative paths of runs mean; by default the current one.")]
    public string? WorkingDirectory { get; init; }

    [Description("Runs that are worked at once.")]
    public int MaxParallelRuns { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    [Description("Whether this server works runs; without it, it only shows them.")]
    public bool TakesUpRuns { get; init; } = true;

    [Description("How long a run that nobody works is left to the process that made it, before this server takes it up.")]
    public TimeSpan TakeUpAfter { get; init; } = TimeSpan.FromSeconds(10);

    [Description("How long the server waits for bursts and handlers when it is stopped.")]
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30);

    [Description("The largest request body, in bytes.")]
    public long MaxRequestBytes { get; init; } = 16 * 1024 * 1024;

    [Description("Whether a key is needed even where the server listens to this machine only.")]
    public bool RequiresKeys { get; init; }

    [Description("Requests a second from one address; four times as many at once.")]
    public int RequestsPerSecond { get; init; } = 500;

    [Description("How many runs that have ended are kept; without it, all.")]
    public int? KeepRuns { get; init; }

    [Description("How long runs that have ended are kept; without it, for ever.")]
    public TimeSpan? KeepRunsFor { get; init; }

    [Description("How long attempt directories of runs that have ended are kept; without it, as long as the run.")]
    public TimeSpan? KeepAttemptsFor { get; init; }

    [Description("URLs that are told when a run starts or ends, with blanks between them.")]
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    [Description("The base address of an OpenTelemetry collector that is sent a trace of each run; without it, none.")]
    public string? TracesTo { get; init; }

    /// <summary>The working directory in full.</summary>
    public string Directory => Path.GetFullPath(WorkingDirectory ?? Environment.CurrentDirectory);

    /// <summary>Reads the settings and checks them together.</summary>
    /// <exception cref="SettingsException">Some are wrong; all faults at once.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var reader = new SettingsReader(section);
        var defaults = new ServerSettings();
        var settings = new ServerSettings
        {
            WorkingDirectory = reader.Text(nameof(WorkingDirectory)),
            MaxParallelRuns = reader.Whole(nameof(MaxParallelRuns), defaults.MaxParallelRuns, 1, 10_000),
            TakesUpRuns = reader.Flag(nameof(TakesUpRuns), defaults.TakesUpRuns),
            TakeUpAfter = reader.Span(nameof(TakeUpAfter), defaults.TakeUpAfter),
            ShutdownTimeout = reader.Span(nameof(ShutdownTimeout), defaults.ShutdownTimeout),
            MaxRequestBytes = reader.Whole(nameof(MaxRequestBytes), (int)defaults.MaxRequestBytes, 1024, int.MaxValue),
        };
        settings = settings with
        {
            KeepRuns = reader.Text(nameof(KeepRuns)) is null ? null : reader.Whole(nameof(KeepRuns), 0, 0, int.MaxValue),
            KeepRunsFor = reader.Text(nameof(KeepRunsFor)) is null ? null : reader.Span(nameof(KeepRunsFor), TimeSpan.Zero),
            KeepAttemptsFor = reader.Text(nameof(KeepAttemptsFor)) is null ? null : reader.Span(nameof(KeepAttemptsFor), TimeSpan.Zero),
            Webhooks = reader.Urls(nameof(Webhooks)),
            TracesTo = reader.Url(nameof(TracesTo)),
            RequiresKeys = reader.Flag(nameof(RequiresKeys), defaults.RequiresKeys),
            RequestsPerSecond = reader.Whole(nameof(RequestsPerSecond), defaults.RequestsPerSecond, 1, 100_000_000),
        };
        reader.RefuseUnknown();
        return settings;
    }
}

/// <summary>Settings that the server cannot start with, all faults at once.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults));

/// <summary>Reads values of a section and gathers what is wrong with them.</summary>
internal sealed class SettingsReader(IConfigurationSection section)
{
    private readonly List<string> _faults = [];
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string? Text(string name)
    {
        _known.Add(name);
        return section[name] is { Length: > 0 } text ? text : null;
    }

    public int Whole(string name, int fallback, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{section.Key}:{name} is \"{text}\"; it must be a whole number from {least} to {most}."));
        return fallback;
    }

    public bool Flag(string name, bool fallback)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        _faults.Add($"{section.Key}:{name} is \"{text}\"; it must be true or false.");
        return fallback;
    }

    public TimeSpan Span(string name, TimeSpan fallback)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (Core.Configuration.Durations.Parse(text, out var span) is not { } problem)
        {
            return span;
        }

        _faults.Add($"{section.Key}:{name}: {problem}");
        return fallback;
    }

    public IReadOnlyList<string> Urls(string name)
    {
        var urls = Text(name)?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [];
        foreach (var url in urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            {
                _faults.Add($"{section.Key}:{name}: \"{url}\" is no URL that begins with http:// or https://.");
            }
            else if (parsed.UserInfo.Length > 0)
            {
                // Addresses stand in logs and on the page of settings.
                _faults.Add($"{section.Key}:{name}: the URL for {parsed.Host} holds a user or a password, which would be written into logs: leave it out.");
            }
        }

        return urls;
    }

    public string? Url(string name)
    {
        var urls = Urls(name);
        if (urls.Count > 1)
        {
            _faults.Add($"{section.Key}:{name} is one address, not {urls.Count.ToString(CultureInfo.InvariantCulture)}.");
        }

        return urls.Count == 0 ? null : urls[0];
    }

    /// <summary>Ends the reading.</summary>
    /// <exception cref="SettingsException">Something is wrong.</exception>
    public void RefuseUnknown()
    {
        foreach (var child in section.GetChildren().Where(c => !_known.Contains(c.Key)))
        {
            _faults.Add($"{section.Key}:{child.Key} is no setting.{Core.Faults.Suggestion.For(child.Key, _known)}");
        }

        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }
}
