using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

/// <summary>The real Data-Juicer as a job, with a stand-in that takes its command line, reads the recipe it is given, prints
/// lines as recorded, and writes where the recipe says.</summary>
public sealed class DataJuicerTests : IDisposable
{
    private const string StandIn = """
        #!/bin/sh
        echo "$$ $*" >> "{site}/started"
        export=$(sed -n 's/^export_path: *//p' "$2" | tr -d "'\"")
        grep -q '^executor_type: ray' "$2" || exit 9
        echo "2026-11-25 10:00:00 | INFO     | data_juicer.core.executor:1 - There are 3 sample(s) in the original dataset."
        i=0; while [ ! -e "{site}/enough" ]; do i=$((i+1)); [ $i -lt 6000 ] || exit 8; sleep 0.05; done
        echo "2026-11-25 10:00:01 | INFO     | data_juicer.core.data:1 - [1/1] OP [text_length_filter] Done in 1.5s. Left 2 samples." >&2
        printf '{"text":"one"}\n{"text":"three"}\n' > "$export"

        """;

    private readonly Site _site = new();

    public DataJuicerTests()
    {
        _site.Set("XDG_DATA_HOME", _site["data-home"]);
        _site.Write("in.jsonl", "{\"text\":\"one\"}\n{\"text\":\"2\"}\n{\"text\":\"three\"}\n");
        _site.Write("c.yaml", """
            project_name: e2e
            experiment_name: real
            work_dir: ./outputs
            execution_job_configs:
              - hook: ProcessDataHook
                meta_name: process
                dj_configs:
                  dataset_path: ./in.jsonl
                  export_path: ./out/result.jsonl
                  executor_type: ray
                  process: [{text_length_filter: {min_len: 2}}]
                extra_configs: {env_manager: venv, env_name: ./envs/dj, env_deps: []}  # nothing is installed beside the stand-in
            """);
    }

    public void Dispose() => _site.Dispose();

    [Fact]
    public async Task It_goes_on_while_the_sandbox_is_stopped_and_is_started_once()
    {
        (await _site.RunAsync("env", "create", "./envs/dj", "--manager", "venv")).Succeeded();
        _site.Write("envs/dj/bin/dj-process", StandIn.Replace("{site}", _site.Root, StringComparison.Ordinal).ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_site["envs/dj/bin/dj-process"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        using (var command = _site.Start("run", "c.yaml"))
        {
            await command.RunIdAsync();
            for (var waited = 0; !File.Exists(_site["started"]) && waited < 1200; waited++)
            {
                await Task.Delay(100);
            }

            command.Interrupt();
            (await command.EndAsync()).EndedWith(130);
        }

        File.Exists(_site["out/iter_1/result.jsonl"]).ShouldBeFalse();
        _site.Write("enough", string.Empty);
        (await _site.RunAsync("resume", "last")).Succeeded();

        _site.ReadLines("started").Length.ShouldBe(1);
        _site.ReadLines("out/iter_1/result.jsonl").ShouldBe(["{\"text\":\"one\"}", "{\"text\":\"three\"}"]);
        var log = (await _site.RunAsync("logs", "last", "process")).Succeeded().Output;
        log.ShouldContain("Engine: the real Data-Juicer");
        log.ShouldContain("runs on Ray");
        log.ShouldContain("Left 2 samples");
        log.ShouldContain("2 of 3 rows written");
    }
}
