using Sandbox.Engine.Persistence;
using Sandbox.Engine.Runtime;
using Sandbox.Engine.Tests.Runtime;
using static Sandbox.Engine.Tests.Runtime.Define;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class EditedDraftTests
{
    [Fact]
    public async Task An_instance_runs_the_draft_as_it_is_stored_and_not_as_it_was_read_before_an_edit()
    {
        await using var engine = new EngineHarness();
        var store = new DefinitionStore(engine.Services.Database, new(new()));
        var draft = (await store.SaveAsync(new SaveDefinition(Workflow(Line("before"))), CancellationToken.None)).Definition;
        await engine.Services.GraphAsync(draft.Id, CancellationToken.None);
        await store.SaveAsync(new SaveDefinition(draft with { Root = Line("after") }), CancellationToken.None);

        var id = await engine.Runtime.CreateAsync(new CreateInstance(draft.Id), CancellationToken.None);
        await engine.RunAsync(id);

        engine.Lines.ShouldBe(["after"]);
    }

    private static Sandbox.Engine.Definitions.ActivityNode Line(string text) =>
        Sequence("s", Activity("Elsa.WriteLine", $"write-{text}", ("text", text)));
}
