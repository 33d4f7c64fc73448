using Sandbox.EndToEnd.Commands;

namespace Sandbox.EndToEnd.Programs;

public sealed class ProgramFaultTests
{
    [Fact]
    public async Task All_faults_of_a_program_are_told_with_their_places_before_anything_runs()
    {
        using var site = new Site();
        site.Write("bad.yaml", """
            project_name: e2e
            experiment_name: faults
            work_dir: ./outputs
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                output: [modl]
                resources: {gpus: one}
                limits: {silence: 30, memory: 16 gigs, tim: 1h}
                extra_configs:
                  type: command
                  command: [python3, train.py, '{{ later.x }}', '{{ trian.model }}', '{{ job.dir }}', '{{ }} {{ x }}']
                  env: {A=B: c}
                  watch: [{pattern: 'loss (?<loss>'}, {format: no-such}]
                  outputs: {model: {pth: x}, other: {path: y}}
                  comand: x
              - hook: InferModelHook
                meta_name: later
                extra_configs: {type: command, command: [true, '{{ train.none }}']}
            """);

        var end = (await site.RunAsync("validate", "bad.yaml")).EndedWith(2);

        var text = end.Output + end.Error;
        string[] said =
        [
            "bad.yaml:7:14: outputs has no \"modl\"", "bad.yaml:8:23: \"gpus\" must be a whole number", "limits: \"30\" is no duration",
            "limits: \"16 gigs\" is no amount of memory", "limits: there is no limit \"tim\"", "{{ later.x }}", "{{ trian.model }}",
            "Did you mean \"train\"", "option \"env\"", "no regular expression", "no-such", "output \"model\" must be", "unknown option \"comand\"",
            "{{ train.none }}",
        ];
        said.Where(s => !text.Contains(s, StringComparison.Ordinal)).ShouldBeEmpty(text);
        text.ShouldNotContain("{{ }}");
        Directory.Exists(site["home"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Resources_and_limits_survive_the_way_through_a_workflow_and_back()
    {
        using var site = new Site();
        site.Write("c.yaml", """
            project_name: e2e
            experiment_name: round
            work_dir: ./outputs
            execution_job_configs:
              - hook: TrainModelHook
                meta_name: train
                resources: {gpus: 1, licences: 2}
                limits: {silence: 30m, memory: 16GB}
                extra_configs: {type: command, command: [echo, '{{ x }}']}
            """);

        (await site.RunAsync("compile", "c.yaml", "-o", "c.json")).Succeeded();
        (await site.RunAsync("export", "c.json", "-o", "again.yaml")).Succeeded();

        var again = site.Read("again.yaml");
        again.ShouldContain("gpus: 1");
        again.ShouldContain("licences: 2");
        again.ShouldContain("30m");
        again.ShouldContain("16GB");
        (await site.RunAsync("validate", "again.yaml")).Succeeded();
    }
}
