using Sandbox.Environments.Python;
using Shouldly;

namespace Sandbox.Environments.Tests.Python;

public class CommandLineTests : IDisposable
{
    private readonly EnvironmentSite _site = new();

    public CommandLineTests() => StandIns.Use();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("conda", "--no-capture-output ")]
    [InlineData("mamba", "")]
    [InlineData("micromamba", "")]
    public async Task Conda_and_its_like_are_called_as_they_want_to_be(string manager, string live)
    {
        var name = $"by-name-{manager}";
        var environment = await _site.PrepareAsync(
            new EnvironmentSpec { Manager = manager, Name = name, PythonVersion = "3.9" },
            Requirements.OfList(["torch==2.1", "flash-attn==2.3.6 --no-build-isolation"]));
        await EnvironmentSite.RunAsync(environment, "echo", "a b");
        Calls(name).ShouldBe(
        [
            $"create -n {name} -y python=3.9",
            $"run {live}-n {name} python -m pip install torch==2.1 flash-attn==2.3.6 --no-build-isolation",
            $"run {live}-n {name} echo a b",
        ]);
        (await _site.Environments.RemoveAsync(new EnvironmentSpec { Manager = manager, Name = name }, _site.Tell, CancellationToken.None)).ShouldBeTrue();
        Calls(name)[^1].ShouldBe($"env remove -n {name} -y");
    }

    [Theory]
    [InlineData("conda", "env create -f {0}")]
    [InlineData("mamba", "env create -f {0}")]
    public async Task An_environment_file_names_the_environment(string manager, string expected)
    {
        var file = _site.At($"from-file-{manager}.yaml");
        await File.WriteAllTextAsync(file, $"name: of-the-file-{manager}\ndependencies: [python=3.9]\n");
        var environment = await _site.PrepareAsync(new EnvironmentSpec { Manager = manager, Name = "not-this", ConfigPath = file });
        environment.Identity.ShouldBe($"{manager}:of-the-file-{manager}");
        Calls(file).ShouldBe([string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, file)]);
    }

    [Fact]
    public async Task Python_3_10_is_the_default_of_conda_as_it_is_upstream()
    {
        await _site.PrepareAsync(new EnvironmentSpec { Manager = "conda", Name = "default-python" });
        Calls("default-python").ShouldBe(["create -n default-python -y python=3.10"]);
    }

    [Fact]
    public async Task Uv_gets_the_interpreter_named()
    {
        var place = _site.At("uv-env");
        await _site.PrepareAsync(new EnvironmentSpec { Manager = "uv", Name = place, PythonVersion = "3.12" }, Requirements.OfList(["torch"]));
        Calls(place).ShouldBe([$"venv --python 3.12 {place}", $"pip install --python {place}/bin/python torch"]);
    }

    [Fact]
    public async Task An_environment_of_conda_that_is_there_is_used_as_it_is()
    {
        Directory.CreateDirectory(Path.Combine(StandIns.Use(), "envs", "there-already"));
        await _site.PrepareAsync(new EnvironmentSpec { Manager = "conda", Name = "there-already" });
        Calls("there-already").ShouldBeEmpty();
    }

    public static TheoryData<string> Nasty => ["$(touch canary)", "`touch canary`", "; touch canary #", "'; touch canary; '", "\"; touch canary; \"", "a b", "&& touch canary", "| touch canary", "${IFS}x", "größe 😀", "*", "~", "!!", "\\", "%PATH%"];

    [Theory]
    [MemberData(nameof(Nasty))]
    public async Task Nothing_in_a_name_an_argument_or_a_package_is_a_command(string nasty)
    {
        var name = $"nasty {Guid.NewGuid():N} {nasty}".Replace("/", "", StringComparison.Ordinal);
        var environment = await _site.PrepareAsync(new EnvironmentSpec { Manager = "conda", Name = name }, Requirements.OfList([$"x@{nasty.Replace("#", "", StringComparison.Ordinal)}"]));
        (await EnvironmentSite.RunAsync(environment, "printf", "%s|", nasty, "-x", "--", "two\nlines")).Output.ShouldBe($"{nasty}|-x|--|two\nlines|");
        var calls = StandIns.CallsWith(name);
        calls[0].ShouldBe(["create", "-n", name, "-y", "python=3.10"]);
        calls[1].ShouldBe(["run", "--no-capture-output", "-n", name, "python", "-m", "pip", "install", $"x@{nasty.Replace("#", "", StringComparison.Ordinal)}".Trim()]);

        var place = _site.At($"-{nasty}");
        await _site.PrepareAsync(new EnvironmentSpec { Manager = "uv", Name = place });
        File.Exists(Path.Combine(place, "bin", "activate")).ShouldBeTrue();
        var file = _site.At($"-r{nasty}.txt".Replace("/", "", StringComparison.Ordinal));
        await File.WriteAllTextAsync(file, "");
        Requirements.OfPath(file).Arguments.ShouldBe(["-r", file]);
        Directory.EnumerateFiles(Environment.CurrentDirectory, "canary").ShouldBeEmpty();
        Directory.EnumerateFiles(StandIns.Use(), "canary", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("conda", "-x", null, null)]
    [InlineData("conda", "a\nb", null, null)]
    [InlineData("venv", "a\nb", null, null)]
    [InlineData("venv", "a\0b", null, null)]
    [InlineData("venv", null, null, null)]
    [InlineData("conda", null, null, null)]
    [InlineData("venv", "a", "-c", null)]
    [InlineData("venv", "a", "3.11; rm", null)]
    [InlineData("uv", "a", "", null)]
    [InlineData("venv", "a", null, "env.yaml")]
    [InlineData("pipenv", "a", null, null)]
    public async Task What_cannot_be_an_environment_is_refused_before_anything_runs(string manager, string? name, string? version, string? file)
    {
        var spec = new EnvironmentSpec { Manager = manager, Name = name, PythonVersion = version, ConfigPath = file };
        spec.Faults().ShouldNotBeEmpty();
        await Should.ThrowAsync<EnvironmentException>(() => _site.PrepareAsync(spec));
    }

    [Theory]
    [InlineData("-c")]
    [InlineData("touch canary\ntouch canary")]
    [InlineData("")]
    public async Task A_program_that_conda_would_take_for_an_option_or_a_script_is_refused(string program)
    {
        var environment = await _site.PrepareAsync(new EnvironmentSpec { Manager = "conda", Name = "refuses" });
        Should.Throw<EnvironmentException>(() => environment.Wrap([program]));
    }

    [Fact]
    public async Task A_manager_that_is_not_there_is_named_with_how_to_get_it()
    {
        var error = await Should.ThrowAsync<EnvironmentException>(() => _site.PrepareAsync(new EnvironmentSpec { Manager = "venv", Name = _site.At("x"), PythonVersion = "3.99" }));
        error.Message.ShouldContain("python3.99");
        error.Message.ShouldContain("python3-venv");
    }

    private static List<string> Calls(string word) =>
        [.. StandIns.CallsWith(word).Select(call => string.Join(' ', call))];
}
