namespace Sandbox.Cli.Tests;

public sealed class EnvironmentTests : IDisposable
{
    private readonly Workplace _place = new();
    private readonly string? _data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");

    public EnvironmentTests() => Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(_place.Root, "data"));

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _data);
        _place.Dispose();
    }

    [Fact]
    public async Task An_environment_is_created_listed_used_and_removed()
    {
        var created = await Workplace.RunAsync("env", "create", "./my env", "--json");
        created.Code.ShouldBe(0, created.Error);
        created.Lines[0]["python"]!.ToString().ShouldStartWith("Python 3.");
        created.Error.ShouldContain("Making the environment");

        var listed = (await Workplace.RunAsync("env", "list", "--json")).Lines[0];
        listed["name"]!.ToString().ShouldBe(Path.Combine(_place.Root, "my env"));
        listed["state"]!.ToString().ShouldBe("ready");
        (await Workplace.RunAsync("env", "list")).Output.ShouldContain("venv");

        const string Script = "import sys; open('told', 'w').write('|'.join([sys.prefix] + sys.argv[1:])); sys.exit(7)";
        (await Workplace.RunAsync("env", "run", "./my env", "--", "python", "-c", Script, "--json", "$(x)")).Code.ShouldBe(7);
        (await File.ReadAllTextAsync("told")).ShouldBe($"{Path.Combine(_place.Root, "my env")}|--json|$(x)");

        (await Workplace.RunAsync("env", "remove", "./my env")).Code.ShouldBe(0);
        Directory.Exists("my env").ShouldBeFalse();
        (await Workplace.RunAsync("env", "list", "--json")).Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("env create", "must be given")]
    [InlineData("env create x --manager vnev", "Did you mean \"venv\"?")]
    [InlineData("env create x --python 3;x", "--python must be a version")]
    [InlineData("env create x --file e.yaml", "--file is for conda")]
    [InlineData("env create x --deps nothere", "neither a requirements file nor a directory")]
    [InlineData("env run nothere -- true", "There is no environment nothere")]
    [InlineData("env remove nothere", "There is no environment nothere")]
    public async Task A_wrong_line_is_answered_with_exit_code_2(string line, string message)
    {
        var told = await Workplace.RunAsync(line.Split(' '));
        told.Code.ShouldBe(2, told.All);
        told.Error.ShouldContain(message);
    }

    [Fact]
    public async Task A_directory_with_files_is_never_taken_for_an_environment()
    {
        _place.Write("data/precious.txt", "precious");
        (await Workplace.RunAsync("env", "create", "data")).Code.ShouldBe(1);
        (await Workplace.RunAsync("env", "remove", "data")).Code.ShouldBe(1);
        (await File.ReadAllTextAsync("data/precious.txt")).ShouldBe("precious");
    }

    [Fact]
    public async Task The_doctor_tells_what_a_config_needs()
    {
        var told = await Workplace.RunAsync("doctor", "sandbox.yaml", "--json");
        told.Code.ShouldBe(0, told.All);
        told.Lines.Select(l => $"{l["kind"]} {l["name"]} {l["status"]}").ShouldContain("disk home ok");
        told.Lines.ShouldContain(l => l["kind"]!.ToString() == "host");
        (await Workplace.RunAsync("doctor", "sandbox.yaml")).Output.ShouldContain("Nothing is missing.");
        (await Workplace.RunAsync("doctor", "nothere.yaml")).Code.ShouldBe(2);
        File.Exists(Path.Combine(_place.Home, "sandbox.db")).ShouldBeFalse("a look leaves nothing behind");
    }
}
