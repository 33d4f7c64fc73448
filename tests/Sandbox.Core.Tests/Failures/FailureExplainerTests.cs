using System.Text;
using System.Text.Json;
using Sandbox.Core.Failures;
using Sandbox.Core.Tests.Logs;
using Sandbox.Testing;
using Shouldly;

namespace Sandbox.Core.Tests.Failures;

public class FailureExplainerTests
{
    public static TheoryData<string> Cases => [.. ReferenceCase.Names];

    [ReferenceTheory(ReferenceCase.Folder)]
    [MemberData(nameof(Cases))]
    public void Real_ends_of_real_programs_are_explained(string name)
    {
        var reference = ReferenceCase.Read(name);
        var end = FailureExplainer.Explain(ExitStatus.FromShell(reference.Exit), Tail(reference.Stdout), Tail(reference.Stderr));
        end.Status.ShouldBe(reference.Expected.GetProperty("final").GetProperty("status").GetString());
        if (end.Status == "finished")
        {
            end.Cause.ShouldBeNull();
            return;
        }

        end.Cause.ShouldNotBeNullOrWhiteSpace();
        foreach (var part in Expected(reference))
        {
            end.Cause.ShouldContain(part);
        }
    }

    [ReferenceTheory(ReferenceCase.Folder)]
    [InlineData("fail-module", "nosuchpackage")]
    [InlineData("fail-java", "Java")]
    [InlineData("fail-cuda", "without CUDA")]
    [InlineData("fail-torch-memory", "memory")]
    [InlineData("fail-kill9", "memory")]
    [InlineData("fail-nofile", "data/train.jsonl")]
    [InlineData("fail-noscript", "nosuch.py")]
    [InlineData("fail-argparse-unknown", "--help")]
    [InlineData("fasttext-nan", "learning rate")]
    [InlineData("fasttext-badarg", "-nosuch")]
    [InlineData("torchrun-kill", "out-of-memory killer")]
    [InlineData("hf-error", "/srv/demo2/s/hf_train.py, line 53")]
    [InlineData("torchrun-raise", "/srv/demo2/ddp/ddp_worker.py, line 14")]
    [InlineData("torchrun-kill", "rank 1|-9|SIGKILL", true)]
    [InlineData("fail-worker", "row 0 is broken", true)]
    public void The_cause_has_its_remedy(string name, string parts, bool inCause = false)
    {
        var reference = ReferenceCase.Read(name);
        var end = FailureExplainer.Explain(ExitStatus.FromShell(reference.Exit), Tail(reference.Stdout), Tail(reference.Stderr));
        foreach (var part in parts.Split('|'))
        {
            (inCause ? end.Cause : end.Remedy).ShouldNotBeNull().ShouldContain(part);
        }
    }

    [Theory]
    [InlineData("RuntimeError: \n        CUDA Setup failed despite GPU being available. Please run the following command to get more information:\n\n        python -m bitsandbytes\n\n        Inspect the output", "CUDA Setup failed", "bitsandbytes")]
    [InlineData("AssertionError: It is illegal to call Engine.step() inside no_sync context manager", "Engine.step()", "0.15.4")]
    [InlineData("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 79 GiB", "CUDA out of memory", "batch")]
    [InlineData("subprocess.CalledProcessError: Command '['ls', '/nosuch']' returned non-zero exit status 2.", "returned non-zero exit status 2.", "above in the log")]
    [InlineData("RecursionError: maximum recursion depth exceeded", "maximum recursion depth", "itself")]
    public void Known_exceptions_are_explained(string error, string cause, string remedy)
    {
        var end = Explain(1, $"Traceback (most recent call last):\n  File \"train.py\", line 1, in <module>\n    main()\n{error}\n");
        end.Cause.ShouldNotBeNull().ShouldContain(cause);
        end.Remedy.ShouldNotBeNull().ShouldContain(remedy);
    }

    [Fact]
    public void The_last_of_two_exceptions_is_the_cause() =>
        Explain(1, "Traceback (most recent call last):\n  File \"a.py\", line 2\nKeyError: 'lr'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File \"a.py\", line 4\nZeroDivisionError: division by zero\n")
            .Cause.ShouldBe("ZeroDivisionError: division by zero");

    [Fact]
    public void A_group_of_exceptions_is_told_as_the_group() =>
        Explain(1, "  + Exception Group Traceback (most recent call last):\n  |   File \"a.py\", line 1, in <module>\n  |     raise ExceptionGroup(\"two\", [ValueError(\"a\"), TypeError(\"b\")])\n  | ExceptionGroup: two (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: a\n    +---------------- 2 ----------------\n    | TypeError: b\n    +------------------------------------\n")
            .Cause.ShouldNotBeNull().ShouldStartWith("ExceptionGroup: two (2 sub-exceptions)");

    [Fact]
    public void A_thread_that_died_is_told_though_the_program_ended_well()
    {
        const string Log = "Exception in thread Thread-1 (<lambda>):\nTraceback (most recent call last):\n  File \"threading.py\", line 1045, in _bootstrap_inner\n    self.run()\nZeroDivisionError: division by zero\n";
        var end = Explain(0, Log);
        end.Status.ShouldBe("finished");
        end.Cause.ShouldNotBeNull().ShouldContain("ZeroDivisionError: division by zero");
    }

    [Theory]
    [InlineData(1, "no data left\n", "no data left")]
    [InlineData(134, "Fatal Python error: Aborted\n\nCurrent thread 0x1 (most recent call first):\n  File \"a.py\", line 2 in <module>\n", "Fatal Python error: Aborted (signal 6 (SIGABRT))")]
    [InlineData(127, "bash: line 1: deepspeed: command not found\n", "deepspeed: command not found")]
    [InlineData(3, "", "exit code 3, and the program did not say why")]
    [InlineData(137, "Traceback (most recent call last):\n  File \"a.py\"\nValueError: x\n", "killed by signal 9 (SIGKILL), probably out of memory")]
    public void What_the_program_said_last_and_its_status_are_told(int exit, string log, string cause) =>
        Explain(exit, log).Cause.ShouldNotBeNull().ShouldContain(cause);

    [Fact]
    public void Without_an_exit_status_nothing_is_made_up()
    {
        FailureExplainer.Explain(null, new OutputTail(), Tail("loading\n"u8)).ShouldBe(new FailureExplanation("unknown", null, null));
        FailureExplainer.Explain(null, new OutputTail(), Tail("Traceback (most recent call last):\n  File \"a\"\nMemoryError\n"u8)).Status.ShouldBe("failed");
    }

    [Fact]
    public void Only_the_end_of_a_long_log_is_kept()
    {
        var tail = new OutputTail();
        for (var i = 0; i < 100_000; i++)
        {
            tail.Add(Encoding.ASCII.GetBytes(FormattableString.Invariant($"line {i}\n")));
        }

        tail.Lines[^2].ShouldBe("line 99999");
        tail.Lines.Sum(l => l.Length + 1).ShouldBeLessThanOrEqualTo((256 * 1024) + 1);
        FailureExplainer.Explain(new ExitStatus(1, null), new OutputTail(), tail).Cause.ShouldBe("line 99999");
    }

    private static IEnumerable<string> Expected(ReferenceCase reference)
    {
        if (reference.Expected.TryGetProperty("error", out var error))
        {
            yield return error.GetProperty("type").GetString() ?? string.Empty;
            yield return error.GetProperty("message").GetString() ?? string.Empty;
        }

        foreach (var row in reference.Expected.GetProperty("rows").EnumerateArray().Where(r => r.TryGetProperty("message", out _)))
        {
            yield return row.GetProperty("message").GetString()!;
        }

        if (reference.Expected.TryGetProperty("root_cause", out var root))
        {
            yield return FormattableString.Invariant($"rank {root.GetProperty("rank").GetInt32()}");
            yield return FormattableString.Invariant($"exit code {root.GetProperty("exitcode").GetInt32()}");
        }
    }

    private static FailureExplanation Explain(int exit, string stderr) =>
        FailureExplainer.Explain(ExitStatus.FromShell(exit), new OutputTail(), Tail(Encoding.UTF8.GetBytes(stderr)));

    private static OutputTail Tail(ReadOnlySpan<byte> bytes)
    {
        var tail = new OutputTail();
        tail.Add(bytes);
        return tail;
    }
}
