using System.Text.Json.Nodes;
using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>Quotes, <c>$()</c>, line breaks and options that begin with a dash, through every field of a job: each arrives as it
/// stands, and nothing of it runs.</summary>
public sealed class InjectionTests : IDisposable
{
    private const string Touch = "$(touch canary)";

    // Says what it was given, and writes the outputs that the config names.
    private const string Program = """
        import json, os, sys
        json.dump({"args": sys.argv[2:], "env": dict(os.environ), "cwd": os.getcwd()}, open(sys.argv[1] + "/seen.json", "w"))
        for name in json.loads(os.environ["OUT"]):
            open(name, "w").write("x")

        """;

    private const string Uv = """
        #!/bin/sh
        { for argument in "$@"; do printf '%s\0' "$argument"; done; printf '\n'; } >> "$(dirname "$0")/calls"
        case "$1" in
        --version) echo "uv 0.4.0" ;;
        venv) for last in "$@"; do :; done; mkdir -p "$last/bin" && ln -s "$(command -v python3)" "$last/bin/python" && touch "$last/bin/activate" ;;
        esac
        """;

    private const string Conda = """
        #!/bin/sh
        root="$(dirname "$0")"
        { for argument in "$@"; do printf '%s\0' "$argument"; done; printf '\n'; } >> "$root/calls"
        case "$1" in
        --version) echo "conda 24.1.0" ;;
        env) case "$2" in
            list) if [ -e "$root/made" ]; then printf '{"envs": ["/envs/of the file; touch canary"]}\n'; else printf '{"envs": []}\n'; fi ;;
            create) touch "$root/made" ;;
            esac ;;
        run) shift 4; case "$*" in *" -m pip "*) exit 0 ;; python*) shift; exec python3 "$@" ;; esac; exec "$@" ;;
        esac
        """;

    private static readonly string[] Nasty =
        ["-rf", "--", "a b", "it's", "\"x\"", Touch, "`touch canary`", "; touch canary", "&& touch canary", "two\nlines", "\t", "$HOME", "*", "~", "\\", "{{ }}", "ü€😀", ""];

    private readonly Site _site = new();

    public InjectionTests()
    {
        _site.Set("XDG_DATA_HOME", _site["data-home"]);
        _site.Set("PATH", $"{_site["stand-ins"]}:{Environment.GetEnvironmentVariable("PATH")}");
        _site.Write("program.py", Program);
    }

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task Every_field_of_a_job_arrives_as_it_stands()
    {
        StandIn("uv", Uv);
        var (cwd, outputs) = ($"cwd {Touch};'\"\n -x", new[] { $"-out {Touch};'\".bin", $"two\nlines {Touch}.txt" });
        Directory.CreateDirectory(_site[cwd]);
        var extra = Extra([_site["program.py"], "{{ job.dir }}", .. Nasty], $"-env {Touch} '\";&");
        extra["cwd"] = cwd;
        extra["env"] = new JsonObject
        {
            ["OUT"] = new JsonArray([.. outputs.Select(o => (JsonNode?)o)]).ToJsonString(),
            [$"NAME {Touch};'\"\n-x"] = string.Join('|', Nasty),
            ["-D"] = Touch,
        };
        extra["env_manager"] = "uv";
        extra["env_params"] = new JsonObject { ["env_py_version"] = "3.12" };
        extra["env_deps"] = new JsonArray($"x@{Touch} --find-links '{Touch};\"' --no-index", "-r y;touch canary", "z; python_version > '3'");
        extra["outputs"] = new JsonObject
        {
            [$"one {Touch}"] = new JsonObject { ["path"] = outputs[0] },
            ["two"] = new JsonObject { ["glob"] = "two*" },
        };
        Config(extra, $"./outputs/-{Touch};'\"\n");

        (await _site.RunAsync("run", "c.yaml")).Succeeded();

        var seen = Seen();
        seen["args"]!.AsArray().Select(a => a!.ToString()).ShouldBe(Nasty);
        seen["cwd"]!.ToString().ShouldBe(_site[cwd]);
        seen["env"]![$"NAME {Touch};'\"\n-x"]!.ToString().ShouldBe(string.Join('|', Nasty));
        seen["env"]!["-D"]!.ToString().ShouldBe(Touch);
        outputs.ShouldAllBe(o => File.Exists(Path.Combine(_site[cwd], o)));
        var place = _site[$"-env {Touch} '\";&"];
        Calls().ShouldBe(
        [
            ["--version"], ["venv", "--python", "3.12", place],
            [
                "pip", "install", "--python", $"{place}/bin/python", $"x@{Touch}", "--find-links", $"{Touch};\"", "--no-index",
                "-r", "y;touch", "canary", "z; python_version > '3'",
            ],
            ["pip", "freeze", "--python", $"{place}/bin/python"], ["--version"],
        ]);
        NothingRan();
    }

    [Fact]
    public async Task An_environment_file_and_the_name_in_it_are_no_commands()
    {
        StandIn("conda", Conda);
        var file = $"-f {Touch};'\".yaml";
        _site.Write(file, "name: of the file; touch canary\n");
        var extra = Extra([_site["program.py"], "{{ job.dir }}", .. Nasty], name: null);
        extra["env"] = new JsonObject { ["OUT"] = "[]" };
        extra["env_params"] = new JsonObject { ["env_config_path"] = file };
        Config(extra, "./outputs");

        (await _site.RunAsync("run", "c.yaml")).Succeeded();

        Seen()["args"]!.AsArray().Select(a => a!.ToString()).ShouldBe(Nasty);
        var calls = Calls();
        calls.ShouldContain(c => c.SequenceEqual(new[] { "env", "create", "-f", _site[file] }));
        calls[^1].ShouldBe(
            ["run", "--no-capture-output", "-n", "of the file; touch canary", "python", _site["program.py"], JobDirectory(), .. Nasty]);
        NothingRan();
    }

    [Theory]
    [InlineData("env_manager", "uv; touch canary")]
    [InlineData("env_name", "two\nlines")]
    [InlineData("env_params", "3.11; touch canary")]
    [InlineData("env_deps", "x\ntouch canary")]
    [InlineData("command", "a\0b")]
    [InlineData("env", "A=B")]
    public async Task What_cannot_be_passed_on_as_it_stands_is_refused(string field, string nasty)
    {
        var extra = Extra(["true"], "./env");
        extra["env_manager"] = "uv";
        extra[field] = field switch
        {
            "env_params" => new JsonObject { ["env_py_version"] = nasty },
            "env_deps" => new JsonArray(nasty),
            "command" => new JsonArray("echo", nasty),
            "env" => new JsonObject { [nasty] = "x" },
            _ => nasty,
        };
        Config(extra, "./outputs");

        var end = (await _site.RunAsync("validate", "c.yaml")).EndedWith(2);

        (end.Output + end.Error).ShouldContain("c.yaml:");
        NothingRan();
    }

    private static JsonObject Extra(IEnumerable<string> command, string? name)
    {
        var extra = new JsonObject
        {
            ["type"] = "command",
            ["command"] = new JsonArray([.. command.Prepend("python").Select(c => (JsonNode?)c)]),
        };
        if (name is not null)
        {
            extra["env_name"] = name;
        }

        return extra;
    }

    // JSON is YAML, and leaves no doubt about quotes.
    private void Config(JsonObject extra, string workDirectory) => _site.Write("c.yaml", new JsonObject
    {
        ["project_name"] = "e2e",
        ["experiment_name"] = $"-{Touch};'\"",
        ["work_dir"] = workDirectory,
        ["execution_job_configs"] = new JsonArray(new JsonObject
        {
            ["hook"] = "TrainModelHook", ["meta_name"] = "train", ["extra_configs"] = extra,
        }),
    }.ToJsonString());

    private void StandIn(string name, string script)
    {
        _site.Write($"stand-ins/{name}", script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_site[$"stand-ins/{name}"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private JsonNode Seen() => JsonNode.Parse(File.ReadAllText(Path.Combine(JobDirectory(), "seen.json")))!;

    private string JobDirectory() => Path.GetDirectoryName(
        Directory.GetFiles(_site.Home, "seen.json", SearchOption.AllDirectories).ShouldHaveSingleItem())!;

    private List<string[]> Calls() =>
        [.. _site.Read("stand-ins/calls").Split("\0\n", StringSplitOptions.RemoveEmptyEntries).Select(call => call.Split('\0'))];

    private void NothingRan() => Directory.EnumerateFiles(_site.Root, "canary", SearchOption.AllDirectories).ShouldBeEmpty();
}
