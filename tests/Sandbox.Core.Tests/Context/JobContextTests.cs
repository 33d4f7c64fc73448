using System.Text.Json.Nodes;
using Sandbox.Core.Context;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;

namespace Sandbox.Core.Tests.Context;

public sealed class JobContextTests
{
    [Fact]
    public void A_single_list_of_one_is_recorded_as_its_element()
    {
        var job = JobContext.Record("j", ["easy"], HookResult.One(new JsonArray("a.json")));

        job.Outputs.ShouldHaveSingleItem().Value!.GetValue<string>().ShouldBe("a.json");
    }

    [Fact]
    public void A_list_of_one_among_several_results_stays_a_list()
    {
        var job = JobContext.Record("j", ["errors", "min"], new HookResult([new JsonArray(1), 1]));

        job.ToJson().ToJsonString().ShouldBe("""{"errors":[1],"min":1}""");
    }

    [Fact]
    public void Results_without_a_name_are_called_by_their_index()
    {
        var job = JobContext.Record("j", ["a"], new HookResult([1, 2, 3]));

        job.ToJson().ToJsonString().ShouldBe("""{"a":1,"1":2,"2":3}""");
    }

    [Theory]
    [InlineData("a,b", "output names 2 results (a, b), but the hook gave 1")]
    [InlineData("meta_name", "cannot use the name \"meta_name\"")]
    public void Names_that_cannot_be_recorded_fail_the_job(string names, string message) =>
        Should.Throw<JobFailedException>(() => JobContext.Record("j", names.Split(','), HookResult.One(1)))
            .Message.ShouldContain(message);

    [Fact]
    public void A_name_given_twice_fails_the_job() =>
        Should.Throw<JobFailedException>(() => JobContext.Record("j", ["a", "a"], new HookResult([1, 2])))
            .Message.ShouldContain("twice");
}
