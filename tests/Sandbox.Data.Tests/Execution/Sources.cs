using System.Text.Json.Nodes;
using Sandbox.Data.Sampling;

namespace Sandbox.Data.Tests.Execution;

public sealed class Sources
{
    private const string Tail = "export_path: out.jsonl\nprocess: []\n";

    [Fact]
    public async Task Weights_before_paths_read_one_data_set_after_the_other()
    {
        using var files = Two();
        await Run.ProcessAsync(files, "dataset_path: 2 a.jsonl 0.5 'b c.jsonl'\n" + Tail);
        Ids(files).ShouldBe([.. Enumerable.Range(0, 20), .. Enumerable.Range(100, 5)]);
    }

    [Fact]
    public async Task A_block_with_a_number_of_rows_samples_by_weight_with_the_fixed_seed()
    {
        using var files = Two();
        await Run.ProcessAsync(files, """
            dataset:
              max_sample_num: 12
              configs:
              - {type: local, path: a.jsonl, weight: 1}
              - {type: local, path: b c.jsonl, weight: 2}

            """ + Tail);

        // A third of 12 are 4 of 20; the rest are 8 of 5, so that the shuffled rows come again.
        var (first, second) = (new NumpyRandom(42).Permutation(20), new NumpyRandom(42).Permutation(5));
        Ids(files).ShouldBe([.. first.Take(4), .. second.Concat(second.Take(3)).Select(i => i + 100)]);
    }

    [Fact]
    public async Task What_is_wrong_in_a_block_is_said_with_its_place()
    {
        using var files = Two();
        var message = await Should.ThrowAsync<Core.Faults.FaultException>(() => Run.ProcessAsync(
            files, "dataset: {max_sample_nums: 3, configs: [{path: a.jsonl, weight: x}, {type: remote, path: b}, 7]}\n" + Tail));
        message.Message.ShouldContain("max_sample_num\"?");
        message.Message.ShouldContain("dataset.configs[0]: weight must be a number");
        message.Message.ShouldContain("dataset.configs[2]: must be a mapping");
    }

    [Fact]
    public async Task A_remote_source_is_for_the_real_program()
    {
        using var files = Two();
        (await Run.FailureAsync(files, "dataset: {configs: [{type: remote, path: b}]}\n" + Tail)).ShouldContain("dataset.configs[0]: type \"remote\" is not read by the embedded engine");
    }

    [Fact]
    public async Task Rows_without_one_of_several_text_keys_are_left_out()
    {
        using var files = new TestFiles();
        files.Write("a.jsonl", "{\"id\":1,\"q\":\"x\",\"r\":\"y\"}\n{\"id\":2,\"q\":\"x\",\"r\":null}\n{\"id\":3,\"r\":\"y\"}\n{\"id\":4,\"q\":\"\",\"r\":\"\"}\n");
        await Run.ProcessAsync(files, "dataset_path: a.jsonl\ntext_keys: [q, r]\n" + Tail);
        Ids(files).ShouldBe([1, 4]);
    }

    private static TestFiles Two()
    {
        var files = new TestFiles();
        files.Write("a.jsonl", string.Join('\n', Enumerable.Range(0, 20).Select(i => $"{{\"id\":{i},\"text\":\"a\"}}")));
        files.Write("b c.jsonl", string.Join('\n', Enumerable.Range(100, 5).Select(i => $"{{\"id\":{i},\"text\":\"b\"}}")));
        return files;
    }

    private static IEnumerable<int> Ids(TestFiles files) => files.Lines("out.jsonl").Select(l => (int)JsonNode.Parse(l)!["id"]!);
}
