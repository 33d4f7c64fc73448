using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Testing;

namespace Sandbox.Core.Tests.Context;

public sealed class ContextInfosFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("context-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [ReferenceFact("upstream-runs/data-juicer/out")]
    public async Task Every_file_of_the_real_program_comes_out_byte_for_byte()
    {
        var files = Directory.GetFiles(Reference.Find("upstream-runs/data-juicer/out")!, ContextInfosFile.Name, SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThanOrEqualTo(5);
        foreach (var file in files)
        {
            var copy = Path.Combine(_directory, "out", ContextInfosFile.Name);

            await ContextInfosFile.WriteAsync(copy, await ContextInfosFile.ReadAsync(file, CancellationToken.None), "run", CancellationToken.None);

            (await File.ReadAllBytesAsync(copy)).ShouldBe(await File.ReadAllBytesAsync(file), file);
        }
    }

    [ReferenceFact("upstream-runs/data-juicer/out")]
    public async Task The_real_programs_results_are_found_by_their_keys()
    {
        var infos = await ContextInfosFile.ReadAsync(
            Reference.Find("upstream-runs/data-juicer/out/sandbox-iterate/context_infos.json")!, CancellationToken.None);

        infos.Iterations.Select(i => i.Number).ShouldBe([1, 2, 3]);
        infos.Iteration(2).Find("halve.error.min_mse").Value!.GetValue<double>().ShouldBe(0.003652343750000003);
        infos.Iteration(2).Find("halve.error.errors.0.mse").Value!.GetValue<double>().ShouldBe(0.003652343750000003);
    }

    [Fact]
    public void The_documented_form_is_read_as_the_first_iteration()
    {
        var infos = ContextInfosFile.Parse(
            """{"pipeline_0": [{"meta_name": "name1", "res_1": "v1"}, {"meta_name": null}], "pipeline_1": []}""", "f");

        var iteration = infos.Iterations.ShouldHaveSingleItem();
        iteration.Number.ShouldBe(1);
        iteration.Find("pipeline_0.name1.res_1").Value!.GetValue<string>().ShouldBe("v1");
        iteration.Find("pipeline_0.name1.0").Value!.GetValue<string>().ShouldBe("v1");
        iteration.Pipelines[1].Jobs.ShouldBeEmpty();
    }

    [Fact]
    public void A_list_of_the_documented_form_has_one_mapping_an_iteration() =>
        ContextInfosFile.Parse("""[{"p": [{"meta_name": "j", "a": 1}]}, {"p": [{"meta_name": "j", "a": 2}]}]""", "f")
            .Iteration(2).Find("p.j.a").Value!.GetValue<int>().ShouldBe(2);

    [Fact]
    public void NaN_and_whole_floating_point_numbers_survive_the_file()
    {
        var job = new JobContext(null, [new JobOutput("loss", JsonValue.Create(double.NaN)), new JobOutput("one", JsonValue.Create(1.0))]);

        var text = ContextInfosFile.Write(ContextInfos.Of([(1, "p", job)]));

        text.ShouldContain("\"meta_name\": null,\n                        \"loss\": NaN,\n                        \"one\": 1.0\n");
        ContextInfosFile.Write(ContextInfosFile.Parse(text, "f")).ShouldBe(text);
    }

    [Fact]
    public void Every_fault_of_a_broken_file_says_where()
    {
        const string text = """
            [
              {"iter": 0, "pipeline_infos": [{"pipeline_name": 3, "job_infos": {}}]},
              {"iter": 2, "pipeline_infos": [
                {"pipeline_name": "p", "job_infos": [{"a": 1}, 5]},
                {"pipeline_name": "p", "job_infos": []}
              ]},
              {"q": 7},
              8
            ]
            """;

        var fault = Should.Throw<FaultException>(() => ContextInfosFile.Parse(text, "c.json"));

        fault.Faults.Select(f => f.ToString()).ShouldBe(
        [
            "c.json:2:12: \"iter\" must be a whole number from 1.",
            "c.json:2:52: \"pipeline_name\" must be a text.",
            "c.json:2:68: \"job_infos\" must be a list.",
            "c.json:3:3: pipeline \"p\" is there twice.",
            "c.json:4:42: a job needs a \"meta_name\": a text, or null.",
            "c.json:4:52: expected a mapping here.",
            "c.json:7:9: a pipeline must be a list of jobs.",
            "c.json:8:3: an iteration must be a mapping.",
        ]);
    }

    [Fact]
    public async Task Writing_replaces_the_file_and_leaves_nothing_else()
    {
        var path = Path.Combine(_directory, "deep", "er", ContextInfosFile.Name);
        await ContextInfosFile.WriteAsync(path, ContextInfos.Of([(1, "p", new JobContext("j", []))]), "run", CancellationToken.None);

        await ContextInfosFile.WriteAsync(path, ContextInfos.Empty, "run", CancellationToken.None);

        (await File.ReadAllTextAsync(path)).ShouldBe("[]");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem();
    }
}
