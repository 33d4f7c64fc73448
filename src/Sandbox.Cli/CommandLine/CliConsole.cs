using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Sandbox.Cli.CommandLine;

/// <summary>Where a command writes: results to standard output, messages to standard error, colours on a terminal only.</summary>
internal sealed class CliConsole(TextWriter output, TextWriter error, bool isTerminal)
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly Lazy<IAnsiConsole> _ansi = new(() => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(output),
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
    }));

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Tables, trees and colours.</summary>
    public IAnsiConsole Ansi => _ansi.Value;

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>A value as one line of JSON.</summary>
    public void Json(object value)
    {
        lock (output)
        {
            output.WriteLine(JsonSerializer.Serialize(value, JsonOptions));
            output.Flush();
        }
    }

    /// <summary>The process's own streams. Colours obey NO_COLOR.</summary>
    public static CliConsole OfProcess() => new(
        Console.Out,
        Console.Error,
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
}
