using System.Globalization;
using System.Text.Json.Nodes;
using Sandbox.Components.Tests.Testing;
using Sandbox.Testing.Chat;
using Sandbox.Core.Components;

namespace Sandbox.Components.Tests.ModelInfer;

public sealed class ApiInferenceTests : IDisposable
{
    private const string Hook = "InferModelHook";
    private readonly JobBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Rows_are_answered_in_order_by_several_requests_at_a_time()
    {
        var together = new TaskCompletionSource();
        using var server = new ChatStub((body, number) =>
        {
            if (number == 4)
            {
                together.SetResult();
            }

            // The first four wait for one another: they can only be answered when they are under way together.
            return Reply.Text("re: " + ChatStub.User(body)) with { Ready = number <= 4 ? together.Task : Task.CompletedTask };
        });
        WriteRows(10);
        var options = Options(server);
        options["concurrency"] = 4;
        var result = await _bench.RunAsync(Hook, "infer", null, options);

        ((string)result.Values[0]![0]!).ShouldBe("out/q_inference.jsonl");
        Rows().Select(r => (string)r["response"]!).ShouldBe(Enumerable.Range(0, 10).Select(i => $"re: question {i}"));
        Rows()[3].ToJsonString().ShouldBe("""{"system":"be short","query":"question 3","response":"re: question 3"}""");
        server.MostAtOnce.ShouldBe(4);
        server.Asked[0]["messages"]!.ToJsonString().ShouldContain("""{"role":"system","content":"be short"}""");
        server.Asked.ShouldAllBe(b => (string)b["model"]! == "m" && (double)b["temperature"]! == 0.5);
        Metric("infer.prompt_tokens").ShouldBe(100);
        Metric("infer.completion_tokens").ShouldBe(20);
        Metric("infer.cost").ShouldBe(((100 * 3.0) + (20 * 5)) / 1e6, 1e-12);
    }

    [Fact]
    public async Task Failures_limits_and_slow_answers_are_asked_again()
    {
        var never = new TaskCompletionSource();
        using var server = new ChatStub((body, number) => number switch
        {
            1 => new Reply(500, "oops"),
            2 => new Reply(429, "slow down", RetryAfter: 0),
            3 => new Reply(200, "not json"),
            4 => new Reply(200, """{"choices": []}"""),
            5 => Reply.Text("too late") with { Ready = never.Task },
            _ => Reply.Text(ChatStub.User(body)),
        });
        WriteRows(3);
        var options = Options(server);
        options["concurrency"] = 1;
        options["model_params"]!["timeout"] = 2;
        await _bench.RunAsync(Hook, "infer", null, options);

        Rows().Select(r => (string)r["response"]!).ShouldBe(["question 0", "question 1", "question 2"]);
        Metric("infer.retries").ShouldBe(5);
        never.SetResult();
    }

    [Fact]
    public async Task What_cannot_succeed_is_not_asked_again_and_fails_with_the_servers_words()
    {
        using var server = new ChatStub((_, _) => new Reply(401, "no such key"));
        WriteRows(1);
        (await _bench.FailureOfAsync(Hook, null, Options(server))).ShouldSatisfyAllConditions(
            m => m.ShouldContain("answered 401"), m => m.ShouldContain("no such key"), m => m.ShouldContain("sent 1 times"));
        server.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Retries_come_to_an_end_or_leave_an_empty_answer_where_errors_are_skipped()
    {
        using var server = new ChatStub((body, _) => ChatStub.User(body) == "question 1" ? new Reply(503, "busy") : Reply.Text("ok"));
        WriteRows(3);
        var options = Options(server);
        options["max_retry_num"] = 2;
        (await _bench.FailureOfAsync(Hook, null, options)).ShouldContain("sent 3 times");

        options["skip_errors"] = true;
        await _bench.RunAsync(Hook, "infer", null, options);
        Rows().Select(r => (string)r["response"]!).ShouldBe(["ok", "", "ok"]);
        Metric("infer.failed_requests").ShouldBe(1);
    }

    [Fact]
    public async Task A_job_that_broke_off_goes_on_in_the_middle_of_the_file_and_asks_nothing_twice()
    {
        var broken = true;
        using var server = new ChatStub((body, _) => broken && ChatStub.User(body) == "question 5" ? new Reply(400, "no") : Reply.Text(ChatStub.User(body)));
        WriteRows(8);
        var options = Options(server);
        options["checkpoint_rows"] = 2;
        options["concurrency"] = 1;
        var steps = new RememberedSteps();
        await Should.ThrowAsync<Core.Faults.JobFailedException>(() => _bench.RunAsync(Hook, "infer", null, options, steps: steps));
        File.Exists(Path.Combine(_bench.Root, "out", "q_inference.jsonl")).ShouldBeFalse("half a file must not appear");

        broken = false;
        steps.Restart();
        await _bench.RunAsync(Hook, "infer", null, options, steps: steps);

        Rows().Select(r => (string)r["response"]!).ShouldBe(Enumerable.Range(0, 8).Select(i => $"question {i}"));
        server.Asked.Select(ChatStub.User).GroupBy(q => q).Where(g => g.Count() > 1).Select(g => g.Key)
            .ShouldBe(["question 4", "question 5"], "only the rows of the chunk that broke off");
        Metric("infer.prompt_tokens").ShouldBe(80, "the kept answers count too");
    }

    [Fact]
    public async Task Requests_keep_to_the_limit_a_minute()
    {
        using var server = new ChatStub((_, _) => Reply.Text("ok"));
        WriteRows(4);
        var options = Options(server);
        options["requests_per_minute"] = 600;
        var started = TimeProvider.System.GetTimestamp();
        await _bench.RunAsync(Hook, "infer", null, options);

        // Four requests, the first at once: never faster than three gaps, however slow the machine.
        TimeProvider.System.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Math_questions_have_question_and_answer_and_missing_fields_are_named()
    {
        using var server = new ChatStub((body, _) => Reply.Text(ChatStub.User(body)));
        _bench.Write("q.jsonl", """{"p": "grade", "q": "1+1?", "a": 2}""" + "\n");
        var options = Options(server);
        options["build_messages_func"] = "build_messages_for_math_qa";
        options["func_kwargs"] = JobBench.Json("""{"system_key": "p", "query_key": "q", "response_key": "a"}""");
        await _bench.RunAsync(Hook, "infer", null, options);
        ((string)Rows()[0]["response"]!).ShouldBe("Question: 1+1?\nAnswer: 2");

        options["func_kwargs"] = JobBench.Json("""{"query_key": "nope"}""");
        (await _bench.FailureOfAsync(Hook, null, options)).ShouldBe("./q.jsonl, row 1: the row has no field \"nope\": it has p, q, a. Set its key in func_kwargs.");
    }

    [Fact]
    public async Task Without_a_model_the_servers_first_one_is_asked()
    {
        using var server = new ChatStub((body, _) => body.Count == 0
            ? new Reply(200, """{"data": [{"id": "first"}, {"id": "second"}]}""")
            : Reply.Text((string)body["model"]!));
        WriteRows(1);
        var options = Options(server);
        options.Remove("model");
        await _bench.RunAsync(Hook, "infer", null, options);
        ((string)Rows()[0]["response"]!).ShouldBe("first");
    }

    [Fact]
    public async Task A_key_in_the_config_and_other_faults_are_refused_at_once() =>
        (await _bench.FailureOfAsync(Hook, null, JobBench.Json("""
            {"type": "api", "dataset_path": "q.jsonl", "export_path": "out", "model_params": {"api_key": "sk-1", "base_url": "localhost"}, "build_messages_func": "build"}
            """))).ShouldSatisfyAllConditions(
                m => m.ShouldContain("extra_configs.model_params.api_key: a key must not stand in a config"),
                m => m.ShouldContain("is no address"),
                m => m.ShouldContain("must be one of build_messages, build_messages_for_math_qa"),
                m => m.ShouldNotContain("sk-1"));

    private static JsonObject Options(ChatStub server) => new()
    {
        ["type"] = "api",
        ["model"] = "m",
        ["model_params"] = new JsonObject { ["base_url"] = server.Address },
        ["sampling_params"] = new JsonObject { ["temperature"] = 0.5 },
        ["dataset_path"] = "./q.jsonl",
        ["export_path"] = "out",
        ["retry_delay"] = 0.01,
        ["prompt_token_price"] = 3,
        ["completion_token_price"] = 5,
    };

    private void WriteRows(int count) => _bench.Write("q.jsonl", string.Concat(Enumerable.Range(0, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"system\": \"be short\", \"query\": \"question {i}\"}}\n"))));

    private List<JsonNode> Rows() => [.. File.ReadLines(Path.Combine(_bench.Root, "out", "q_inference.jsonl")).Select(l => JsonNode.Parse(l)!)];

    private double Metric(string name) => _bench.Watcher.Metrics.Last(m => m.Name == name).Value;

    /// <summary>Steps that remember what finished, as a run's do.</summary>
    private sealed class RememberedSteps : IJobSteps
    {
        private readonly Dictionary<int, (string Name, JsonNode? Result)> _finished = [];
        private int _last;

        public void Restart() => _last = 0;

        public async Task<JsonNode?> RunAsync(string name, Func<CancellationToken, Task<JsonNode?>> step, CancellationToken cancellationToken)
        {
            var number = ++_last;
            if (_finished.TryGetValue(number, out var finished))
            {
                finished.Name.ShouldBe(name);
                return finished.Result?.DeepClone();
            }

            var result = await step(cancellationToken);
            _finished[number] = (name, result?.DeepClone());
            return result;
        }
    }
}
