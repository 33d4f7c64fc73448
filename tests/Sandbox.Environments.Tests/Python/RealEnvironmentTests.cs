using Sandbox.Environments.Python;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Environments.Tests.Python;

public class RealEnvironmentTests : IDisposable
{
    // A build backend that needs no packages: the wheel of an editable install leads to the directory.
    private const string Backend = """
        import os, zipfile
        def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
            name = 'mine-3-py3-none-any.whl'
            with zipfile.ZipFile(os.path.join(wheel_directory, name), 'w') as wheel:
                wheel.writestr('mine.pth', os.path.dirname(os.path.abspath(__file__)) + '\n')
                wheel.writestr('mine-3.dist-info/METADATA', 'Metadata-Version: 2.1\nName: mine\nVersion: 3\n')
                wheel.writestr('mine-3.dist-info/WHEEL', 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n')
                wheel.writestr('mine-3.dist-info/RECORD', '')
            return name

        """;

    private readonly EnvironmentSite _site = new();

    public void Dispose() => _site.Dispose();

    [Theory]
    [InlineData("venv")]
    [InlineData("virtualenv")]
    public async Task Is_made_once_filled_from_wheels_and_runs_commands(string manager)
    {
        Wheel.Write(_site.Wheels, "greeting", "1.2", "import sys\nprint('hello from', sys.prefix, *sys.argv[1:])\n");
        Wheel.Write(_site.Wheels, "parting", "0.1", "");
        var file = _site.At("requirements.txt");
        await File.WriteAllTextAsync(file, $"--no-index\n--find-links \"{_site.Wheels}\"\nparting # a comment\n");
        var spec = new EnvironmentSpec { Manager = manager, Name = _site.At("envs/train it") };
        Requirements[] wanted = [Requirements.OfList([$"greeting==1.2 --no-index --find-links '{_site.Wheels}'"]), Requirements.OfPath(file)];

        var environment = await _site.PrepareAsync(spec, wanted);

        var (exit, output) = await EnvironmentSite.RunAsync(environment, "python", "-m", "greeting", "$(touch x)", "two words", "-c");
        exit.ShouldBe(0);
        output.ShouldBe($"hello from {spec.Name} $(touch x) two words -c");
        var freeze = await environment.FreezeAsync(CancellationToken.None);
        freeze[0].ShouldStartWith("Python 3.");
        freeze.ShouldContain("greeting==1.2");
        freeze.ShouldContain("parting==0.1");
        _site.Log.ShouldContain(l => l.Contains("Successfully installed greeting-1.2", StringComparison.Ordinal));

        _site.Log.Clear();
        await _site.PrepareAsync(spec, wanted);
        _site.Log.ShouldBeEmpty("all was there already");
    }

    [Fact]
    public async Task Code_of_a_directory_is_installed_so_that_its_changes_count()
    {
        var spec = new EnvironmentSpec { Manager = "venv", Name = _site.At("env") };
        var code = Directory.CreateDirectory(_site.At("-code $(x)")).FullName;
        await File.WriteAllTextAsync(Path.Combine(code, "pyproject.toml"), "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n");
        await File.WriteAllTextAsync(Path.Combine(code, "backend.py"), Backend);
        await File.WriteAllTextAsync(Path.Combine(code, "mine.py"), "print('one')\n");
        var environment = await _site.PrepareAsync(spec, Requirements.OfPath(code));
        await File.WriteAllTextAsync(Path.Combine(code, "mine.py"), "print('two')\n");
        (await EnvironmentSite.RunAsync(environment, "python", "-m", "mine")).ShouldBe((0, "two"));
    }

    [Fact]
    public async Task Two_jobs_that_want_the_same_one_make_it_once_and_a_broken_one_is_made_again()
    {
        var spec = new EnvironmentSpec { Manager = "venv", Name = _site.At("env") };
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _site.New().PrepareAsync(spec, [], _site.Tell, CancellationToken.None)));
        _site.Log.Count(l => l.StartsWith("Making", StringComparison.Ordinal)).ShouldBe(1);
        _site.Log.ShouldContain(l => l.StartsWith("Waiting for another job", StringComparison.Ordinal));

        var python = Path.Combine(spec.Name!, "bin", "python");
        File.Delete(python);
        File.CreateSymbolicLink(python, "/gone/python3");
        var environment = await _site.PrepareAsync(spec);
        _site.Log.ShouldContain(l => l.Contains("made again", StringComparison.Ordinal));
        (await EnvironmentSite.RunAsync(environment, "python", "-c", "print(6 * 7)")).Output.ShouldBe("42");
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_an_error_with_the_words_of_pip()
    {
        var spec = new EnvironmentSpec { Manager = "venv", Name = _site.At("env") };
        var error = await Should.ThrowAsync<EnvironmentException>(_site.PrepareAsync(spec, Requirements.OfList(["nosuch --no-index"])));
        error.Message.ShouldContain("nosuch");
        _site.Log.ShouldContain(l => l.Contains("No matching distribution found for nosuch", StringComparison.Ordinal));
    }
}
