using System.Globalization;
using Sandbox.Components;
using Sandbox.Core.Faults;
using Sandbox.Engine.Runtime;
using Sandbox.Server.Access;
using Sandbox.Server.Compare;
using Sandbox.Server.Data;
using Sandbox.Server.Elsa;
using Sandbox.Server.Environments;
using Sandbox.Server.Http;
using Sandbox.Server.Live;
using Sandbox.Server.Operations;
using Sandbox.Server.Runs;
using Sandbox.Server.Studio;
using Sandbox.Server.Traces;
using Sandbox.Server.Triggers;
using Sandbox.Server.Webhooks;
using Sandbox.Server.Work;
using Sandbox.Workflows;
using Sandbox.Workflows.Access;
using Sandbox.Workflows.Runs;
using Serilog;
using Serilog.Events;

namespace Sandbox.Server.Hosting;

/// <summary>Puts the server together: services, then what each request passes, then the rooms that answer.</summary>
internal static partial class ServerHost
{
    /// <summary>Where the server listens unless it is told otherwise: this machine only.</summary>
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>Builds the server of a home.</summary>
    /// <exception cref="SettingsException">Settings are wrong.</exception>
    /// <exception cref="FaultException">The home cannot be made.</exception>
    public static WebApplication Build(string[] args, SandboxHome home)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            WebRootPath = "wwwroot",
        });
        var settings = ServerSettings.Read(builder.Configuration);
        MakeHome(home);
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxRequestBytes;
        });
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = settings.ShutdownTimeout);
        AddLog(builder.Logging, home);
        AddServices(builder.Services, settings, home);
        var app = builder.Build();
        TellPlugins(app);
        Map(app);
        return app;
    }

    private static void TellPlugins(WebApplication app)
    {
        foreach (var fault in app.Services.GetRequiredService<SandboxOffer>().PluginFaults)
        {
            LogPlugin(app.Logger, fault.ToString());
        }
    }

    [LoggerMessage(EventId = 5090, EventName = "PluginLeftOut", Level = LogLevel.Warning, Message = "{Fault}")]
    private static partial void LogPlugin(Microsoft.Extensions.Logging.ILogger logger, string fault);

    private static void AddServices(IServiceCollection services, ServerSettings settings, SandboxHome home)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new RuntimeOptions
        {
            LongestWait = TimeSpan.FromSeconds(5), Output = TextWriter.Null, Node = SandboxHome.NodeFromEnvironment(),
        });
        services.AddSandbox(home);
        services.AddRouting(options => options.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        services.AddOpenApi();
        services.AddSignalR();
        services.AddAccess(settings);
        services.AddSingleton<RequestMeter>();
        services.AddWork();
        services.AddSingleton<HttpTriggers>();
        services.AddSingleton<HttpRuns>();
        services.AddHostedService<TriggerSchedule>();
        services.AddHostedService<Retention>();
        services.AddLive();
        services.AddData();
        services.AddEnvironments();
        services.AddWebhooks();
        services.AddTraces(settings);
        services.AddStudio();
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<RequestMeterMiddleware>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRateLimiter();
        app.UseRouting();
        app.UseMiddleware<AccessMiddleware>();
        app.MapOpenApi("/openapi/{documentName}.json").Asks(AccessScopes.Read);
        app.MapHealth();
        app.MapAdmin();
        app.MapAccess();
        app.MapHttpTriggers();
        app.MapElsaApi();
        app.MapLive();
        app.MapRunsApi();
        app.MapRunParts();
        app.MapJobLogs();
        app.MapCompare();
        app.MapData();
        app.MapEnvironments();
        app.MapSettings();
        app.MapCurves();
        app.MapOverviewApi();
        app.MapStudio();
    }

    private static void MakeHome(SandboxHome home)
    {
        try
        {
            Directory.CreateDirectory(home.Root);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FaultException(
                $"The home {home.Root} cannot be made: {FileFault.Reason(e)}. Name a directory that can be written with SANDBOX_HOME.");
        }
    }

    private static void AddLog(ILoggingBuilder logging, SandboxHome home)
    {
        logging.ClearProviders();
        logging.AddSerilog(
            new LoggerConfiguration()
                .MinimumLevel.Information()
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
                .WriteTo.Console(formatProvider: CultureInfo.InvariantCulture)
                .WriteTo.File(
                    Path.Combine(home.Root, "logs", "server-.log"),
                    rollingInterval: RollingInterval.Day,
                    formatProvider: CultureInfo.InvariantCulture,
                    shared: true)
                .CreateLogger(),
            dispose: true);
    }
}
