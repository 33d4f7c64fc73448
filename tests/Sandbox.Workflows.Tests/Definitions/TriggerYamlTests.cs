using Sandbox.Core.Configuration;
using Sandbox.Engine.Definitions;
using Sandbox.Workflows.Compilation;
using Sandbox.Workflows.Definitions;
using Sandbox.Workflows.Runs;

namespace Sandbox.Workflows.Tests.Definitions;

/// <summary><c>triggers</c> of a sandbox YAML.</summary>
public sealed class TriggerYamlTests : IDisposable
{
    private const string Jobs =
        """
        project_name: p
        experiment_name: e
        execution_job_configs:
          - hook: ProcessDataHook
            meta_name: process
            dj_configs: {dataset_path: in.jsonl, export_path: ./out.jsonl, process: [{whitespace_normalization_mapper: }]}
        """;

    private const string Triggers =
        """
        triggers:
          - http: {path: "data/{kind}", methods: [POST], mode: sync, authorize: false}
          - cron: {expression: "0 8 * * MON-FRI", timezone: Europe/Berlin, missed: once}
          - timer: {interval: 6h, missed: skip}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("sandbox-triggers-");

    public TriggerYamlTests() => File.WriteAllText(Path.Combine(_directory.FullName, "in.jsonl"), "{\"text\": \"a\"}\n");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void They_compile_to_activities_that_lead_where_the_workflow_starts()
    {
        var definition = Definition($"{Triggers}\n{Jobs}");

        var root = definition.Root;
        var start = root.Activities!.Single(a => a.Type == "Elsa.Start");
        var stage = root.Activities!.Single(a => a.Type == "Elsa.Sequence");
        var triggers = root.Activities!.Where(a => a.CustomProperties["canStartWorkflow"]!.GetValue<bool>()).ToList();
        triggers.Select(t => t.Type).ShouldBe(["Elsa.HttpEndpoint", "Elsa.Cron", "Elsa.Timer"]);
        root.Connections!.Select(c => c.SourceActivity).ShouldBe([start.Id, .. triggers.Select(t => t.Id)], ignoreOrder: true);
        root.Connections!.ShouldAllBe(c => c.TargetActivity == stage.Id);
        triggers[0].Inputs["supportedMethods"].Value!.GetValue<string>().ShouldBe("[\"POST\"]");
    }

    [Fact]
    public void The_yaml_comes_back_and_compiles_to_the_same()
    {
        var definition = Definition($"{Triggers}\n{Jobs}");

        var yaml = SandboxYaml.Export(definition, "sandbox.yaml");

        yaml.ShouldNotContain("studio:");
        ContentHash.Compute(Definition(yaml)).ShouldBe(ContentHash.Compute(definition));
    }

    [Theory]
    [InlineData("triggers: {timer: {interval: 1h}}", "must be a list")]
    [InlineData("triggers: [{time: {interval: 1h}}]", "Did you mean \"timer\"?")]
    [InlineData("triggers: [{timer: {intervall: 1h}}]", "Did you mean \"interval\"?")]
    [InlineData("triggers: [{timer: {interval: soon}}]", "interval")]
    [InlineData("triggers: [{cron: {expression: every day}}]", "cron expression")]
    [InlineData("triggers: [{cron: {expression: \"0 8 * * *\", timezone: Europe/Berlinn}}]", "no time zone")]
    [InlineData("triggers: [{timer: {interval: 1h, missed: never}}]", "skip, once, all")]
    [InlineData("triggers: [{http: {methods: [FETCH], path: a}}]", "\"FETCH\" is none")]
    [InlineData("triggers: [{http: {mode: sync}}]", "needs \"path\"")]
    public void What_makes_no_sense_is_a_fault_with_its_place(string triggers, string expected)
    {
        var check = Check($"{triggers}\n{Jobs}");

        check.IsValid.ShouldBeFalse();
        check.Faults.ShouldContain(f => f.Message.Contains(expected, StringComparison.Ordinal) && f.Location!.Line == 1, string.Join('\n', check.Faults));
    }

    private WorkflowDefinition Definition(string yaml)
    {
        var check = Check(yaml);
        check.IsValid.ShouldBeTrue(string.Join('\n', check.Faults));
        return DefinitionJson.Read(check.Definition!);
    }

    private Checking.CheckedConfig Check(string yaml)
    {
        File.WriteAllText(Path.Combine(_directory.FullName, "sandbox.yaml"), yaml);
        return SandboxServices.ConfigCheck().Check(new RunRequest("sandbox.yaml", [], _directory.FullName));
    }
}
