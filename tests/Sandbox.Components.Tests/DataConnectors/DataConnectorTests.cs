using System.Text.Json.Nodes;
using Sandbox.Components.DataConnectors;
using Sandbox.Components.Tests.Testing;
using Sandbox.Core.Components;
using Sandbox.Core.Components.Options;
using Sandbox.Core.Faults;

namespace Sandbox.Components.Tests.DataConnectors;

public sealed class DataConnectorTests : IDisposable
{
    private const string Rows = """
        {"text":"one, \"two\"\nthree","label":"good thing","n":1,"more":{"a":[1]}}
        {"text":"größe 😀","label":["x","y"],"n":2.5,"more":null}

        """;

    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("""{"format": "jsonl", "keys": ["src_txt", "n"]}""", "{\"src_txt\":\"one, \\\"two\\\"\\nthree\",\"n\":1}\n{\"src_txt\":\"größe \\uD83D\\uDE00\",\"n\":2.5}\n")]
    [InlineData("""{"format": "json", "keys": ["n"]}""", "[{\"n\":1},\n{\"n\":2.5}]\n")]
    [InlineData("""{"format": "csv", "keys": ["n", "src_txt", "more"]}""", "n,src_txt,more\n1,\"one, \"\"two\"\"\nthree\",\"{\"\"a\"\":[1]}\"\n2.5,größe 😀,\n")]
    [InlineData("""{"format": "tsv", "keys": ["n", "label"]}""", "n\tlabel\n1\tgood thing\n2.5\t\"[\"\"x\"\",\"\"y\"\"]\"\n")]
    [InlineData("""{"format": "text", "text_key": "src_txt"}""", "one, \"two\" three\ngröße 😀\n")]
    public async Task Rows_become_what_the_program_reads(string options, string expected)
    {
        var path = _bench.Write("data.jsonl", Rows);
        var file = await Connector(options, """{"text": "src_txt", "absent": "other"}""").ConvertAsync("train_dataset", [path], Path.Combine(_bench.Root, "made"), Context(new DirectSteps()), CancellationToken.None);
        (await File.ReadAllTextAsync(file)).ShouldBe(expected);
    }

    [Fact]
    public async Task The_step_is_durable_and_a_file_that_went_away_is_made_again()
    {
        var path = _bench.Write("data.jsonl", Rows);
        var steps = new RecordedSteps();
        var connector = Connector("""{"format": "text"}""", "{}");
        var file = await connector.ConvertAsync("train_dataset", [path], Path.Combine(_bench.Root, "made"), Context(steps), CancellationToken.None);
        await File.WriteAllTextAsync(file, "kept");
        await connector.ConvertAsync("train_dataset", [path], Path.Combine(_bench.Root, "made"), Context(steps), CancellationToken.None);
        (await File.ReadAllTextAsync(file)).ShouldBe("kept");
        steps.Ran.ShouldBe(["convert train_dataset"]);

        File.Delete(file);
        await connector.ConvertAsync("train_dataset", [path], Path.Combine(_bench.Root, "made"), Context(steps), CancellationToken.None);
        (await File.ReadAllTextAsync(file)).ShouldStartWith("one, ");
    }

    [Theory]
    [InlineData("""{"format": "jsonl", "keys": ["nosuch"]}""", Rows, "row 1: there is no \"nosuch\"")]
    [InlineData("""{"format": "text", "text_key": "nosuch"}""", Rows, "row 1: there is no \"nosuch\"")]
    [InlineData("""{"format": "csv"}""", "{\"a\":1}\n{\"a\":1,\"b\":2}\n", "row 2: \"b\" is not among the columns")]
    [InlineData("""{"format": "jsonl"}""", "\n", "no rows")]
    [InlineData("""{"format": "jsonl"}""", "{\"a\":", "data.jsonl")]
    public async Task What_cannot_be_converted_is_told_with_its_row_and_leaves_no_file(string options, string rows, string message)
    {
        var path = _bench.Write("data.jsonl", rows);
        var error = await Should.ThrowAsync<JobFailedException>(
            Connector(options, "{}").ConvertAsync("train_dataset", [path], Path.Combine(_bench.Root, "made"), Context(new DirectSteps()), CancellationToken.None));
        error.Message.ShouldContain(message);
        Directory.EnumerateFiles(_bench.Root, "train_dataset*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public void Options_tell_all_their_faults()
    {
        var faults = new List<OptionFault>();
        OptionsBinder.Bind(typeof(DataConnectorOptions), JobBench.Json("""{"format": "parquet", "keys": ["a", "a"], "kyes": []}"""), faults);
        faults.Count.ShouldBe(3);
        var remapping = new List<string>();
        DataConnectorOptions.Remapping(JobBench.Json("""{"a": "x", "b": "x", "c": 3, "d": ""}"""), (_, message) => remapping.Add(message));
        remapping.Count.ShouldBe(3);
    }

    private static DataConnector Connector(string options, string remapping)
    {
        var faults = new List<OptionFault>();
        var bound = (DataConnectorOptions)OptionsBinder.Bind(typeof(DataConnectorOptions), JobBench.Json(options), faults);
        faults.ShouldBeEmpty();
        return new DataConnector(bound, DataConnectorOptions.Remapping(JobBench.Json(remapping), (_, message) => throw new InvalidOperationException(message)));
    }

    private ComponentContext Context(IJobSteps steps) => _bench.ComponentContext(steps);

    private sealed class RecordedSteps : IJobSteps
    {
        private readonly Dictionary<string, JsonNode?> _done = new(StringComparer.Ordinal);

        public List<string> Ran { get; } = [];

        public async Task<JsonNode?> RunAsync(string name, Func<CancellationToken, Task<JsonNode?>> step, CancellationToken cancellationToken)
        {
            if (!_done.ContainsKey(name))
            {
                Ran.Add(name);
                _done[name] = await step(cancellationToken);
            }

            return _done[name];
        }
    }
}
