using Sandbox.Components.Environments;
using Sandbox.Components.Tests.Testing;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;

namespace Sandbox.Components.Tests.Environments;

public sealed class EnvironmentOptionsTests : IDisposable
{
    private readonly JobBench _bench = new();
    private readonly string? _data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");

    public EnvironmentOptionsTests() => Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(_bench.Root, "data"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _data);
        _bench.Dispose();
    }

    [Fact]
    public void Options_of_upstream_are_bound_with_its_defaults()
    {
        var options = Bind("""{"env_name": "internvl", "env_params": {"env_py_version": "3.9"}}""");
        options.Spec(p => "/full/" + p).ShouldBe(new() { Manager = "conda", Name = "internvl", PythonVersion = "3.9" });
        Bind("""{"env_manager": "venv", "env_name": "./envs/x"}""").Spec(p => "/full/" + p).Name.ShouldBe("/full/./envs/x");
        Bind("{}").HasEnvironment.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"env_manager": "pipenv", "env_name": "x"}""", "env_manager")]
    [InlineData("""{"env_manager": "venv"}""", "env_name")]
    [InlineData("""{"env_deps": ["a"]}""", "env_name")]
    [InlineData("""{"env_manager": "uv", "env_name": "x", "env_params": {"env_config_path": "e.yaml"}}""", "env_params.env_config_path")]
    [InlineData("""{"env_name": "x", "env_params": {"env_py_version": "3; rm -rf ~"}}""", "env_params.env_py_version")]
    [InlineData("""{"env_name": "x", "env_params": {"python": "3"}}""", "env_params.python")]
    [InlineData("""{"env_name": "x", "env_deps": ["a\nb"]}""", "env_deps")]
    [InlineData("""{"env_name": "x", "env_deps": ["a --x 'open"]}""", "env_deps")]
    [InlineData("""{"env_name": "x", "env_deps": {"a": 1}}""", "env_deps")]
    [InlineData("""{"env_name": "-x"}""", "env_name")]
    public void Faults_name_their_key(string options, string key)
    {
        var faults = new List<OptionFault>();
        OptionsBinder.Bind(typeof(Options), JobBench.Json(options), faults);
        faults.ShouldContain(f => f.Key == key);
    }

    [Fact]
    public async Task A_job_gets_its_environment_and_the_run_its_freeze()
    {
        var options = Bind("""{"env_manager": "venv", "env_name": "./env"}""");
        var environment = (await JobEnvironment.PrepareAsync(options, _bench.ComponentContext(new DirectSteps()), CancellationToken.None)).ShouldNotBeNull();
        environment.Identity.ShouldBe(Path.Combine(_bench.Root, "env"));
        environment.Wrap(["python", "-V"]).Command[0].ShouldBe(Path.Combine(_bench.Root, "env", "bin", "python"));
        var record = _bench.Watcher.Configs.ShouldHaveSingleItem().Value;
        record["python"]!.ToString().ShouldStartWith("Python 3.");
        record["packages"]!.AsArray().ShouldNotBeNull();
        (await JobEnvironment.PrepareAsync(Bind("{}"), _bench.ComponentContext(new DirectSteps()), CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_installed_fails_the_job_with_a_word_of_it()
    {
        var options = Bind("""{"env_manager": "venv", "env_name": "./env", "env_deps": "nosuch.txt"}""");
        (await Should.ThrowAsync<JobFailedException>(JobEnvironment.PrepareAsync(options, _bench.ComponentContext(new DirectSteps()), CancellationToken.None)))
            .Message.ShouldContain("nosuch.txt");
    }

    private static Options Bind(string json)
    {
        var faults = new List<OptionFault>();
        var options = (Options)OptionsBinder.Bind(typeof(Options), JobBench.Json(json), faults);
        faults.ShouldBeEmpty();
        return options;
    }

    private sealed class Options : EnvironmentOptions;
}
