using System.Text.Json;
using Sandbox.Workflows.Persistence;
using Sandbox.Workflows.Resources;

namespace Sandbox.Workflows.Tests.Resources;

public sealed class SlotGrantsTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Machine = new(StringComparer.Ordinal)
    {
        ["gpus"] = ["0", "1", "2"], ["licences"] = ["0"],
    };

    [Fact]
    public void Slots_are_given_in_the_order_of_asking_and_each_once()
    {
        var claims = Grant(Claim("a", gpus: 1), Claim("b", gpus: 2), Claim("c", gpus: 1));

        Given(claims).ShouldBe(["a: gpus 0", "b: gpus 1,2", "c: -"]);
    }

    [Fact]
    public void One_that_waits_for_many_is_not_passed_by_one_that_wants_few_of_the_same()
    {
        var claims = Grant(Claim("a", gpus: 2), Claim("b", gpus: 2), Claim("c", gpus: 1), Claim("d", licences: 1));

        Given(claims).ShouldBe(["a: gpus 0,1", "b: -", "c: -", "d: licences 0"]);
        Given(Grant([.. claims.Skip(1)])).ShouldBe(["b: gpus 0,1", "c: gpus 2", "d: licences 0"]);
    }

    [Fact]
    public void What_was_given_before_stays_and_is_not_given_again()
    {
        var first = Claim("a", gpus: 1);
        first.Given = """{"gpus":["2"]}""";

        Given(Grant(first, Claim("b", gpus: 2), Claim("c", gpus: 1))).ShouldBe(["a: gpus 2", "b: gpus 0,1", "c: -"]);
    }

    [Fact]
    public void A_job_that_wants_none_gets_none_at_once() =>
        Given(Grant(Claim("a", gpus: 3), Claim("b", gpus: 0))).ShouldBe(["a: gpus 0,1,2", "b: gpus "]);

    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("gpus=2", 2, 0)]
    [InlineData(" gpus = 2 , licences=3", 2, 3)]
    public void What_the_machine_has_can_be_declared(string text, int gpus, int licences)
    {
        var declared = ResourceInventory.Declared(text);

        declared.GetValueOrDefault("gpus", []).Count.ShouldBe(gpus);
        declared.GetValueOrDefault("licences", []).Count.ShouldBe(licences);
    }

    [Theory]
    [InlineData("gpus")]
    [InlineData("gpus=two")]
    [InlineData("=2")]
    [InlineData("gpus=-1")]
    public void A_declaration_that_cannot_be_read_is_told(string text) =>
        Should.Throw<Core.Faults.JobFailedException>(() => ResourceInventory.Declared(text)).Message.ShouldContain("SANDBOX_RESOURCES");

    private static List<ResourceClaimRow> Grant(params ResourceClaimRow[] claims)
    {
        SlotGrants.Grant(claims, Machine);
        return [.. claims];
    }

    private static IEnumerable<string> Given(IEnumerable<ResourceClaimRow> claims) => claims.Select(c => $"{c.JobId}: "
        + (c.Given is null ? "-" : string.Join(' ', SlotGrants.Read(c.Given).Select(g => $"{g.Key} {string.Join(',', g.Value)}"))));

    private static ResourceClaimRow Claim(string job, int? gpus = null, int? licences = null)
    {
        var wants = new Dictionary<string, int>(StringComparer.Ordinal);
        if (gpus is { } g)
        {
            wants["gpus"] = g;
        }

        if (licences is { } l)
        {
            wants["licences"] = l;
        }

        return new ResourceClaimRow { RunId = "run", JobId = job, Attempt = 1, Wants = JsonSerializer.Serialize(wants) };
    }
}
