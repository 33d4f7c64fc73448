using System.Text.Json.Nodes;
using Sandbox.Engine.Definitions;
using Sandbox.Engine.Persistence;

namespace Sandbox.Engine.Tests.Definitions;

public sealed class DefinitionStoreTests : IDisposable
{
    private readonly EngineFile _file = new();
    private readonly DefinitionStore _store;

    public DefinitionStoreTests() => _store = _file.Store();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task What_was_saved_is_found_as_it_was()
    {
        var definition = TestActivities.Definition("d", "hello") with
        {
            Description = "what it does",
            ToolVersion = "1.2",
            Variables = [new Variable("v", "V", "Int32", "42") { StorageDriverTypeName = Variable.InstanceStorage }],
            Inputs = [new WorkflowArgument("in", "String")],
            Options = new JsonObject { [OptionNames.IncidentStrategyType] = "FaultStrategy" },
            Extra = new JsonObject { ["tenantId"] = "t" },
        };

        var saved = await Save(definition);

        var found = await _store.FindByVersionIdAsync(saved.Definition.Id, CancellationToken.None);
        var expected = DefinitionJson.Write(definition with { Id = saved.Definition.Id, CreatedAt = _file.Clock.Now });
        DefinitionJson.ToText(DefinitionJson.Write(found!)).ShouldBe(DefinitionJson.ToText(expected));
        saved.Definition.Id.ShouldMatch("^[0-9a-f]{16}$");
    }

    [Fact]
    public async Task The_same_content_makes_no_new_version()
    {
        var first = await Save(TestActivities.Definition("d", "a"), publish: true);
        _file.Clock.Now += TimeSpan.FromHours(1);

        var again = await Save(TestActivities.Definition("d", "a") with { ToolVersion = "9" }, publish: true, writer: "compiler");

        again.IsChanged.ShouldBeFalse();
        again.AlreadyPublished.ShouldBeTrue();
        again.Definition.Id.ShouldBe(first.Definition.Id);
        again.Definition.CreatedAt.ShouldBe(first.Definition.CreatedAt);
        (await All("d")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Changed_content_makes_a_new_version_and_the_old_one_stays_as_it_was()
    {
        var first = await Save(TestActivities.Definition("d", "a"), publish: true);

        var second = await Save(TestActivities.Definition("d", "b"), publish: true);

        second.Definition.Version.ShouldBe(2);
        (await All("d")).Select(v => (v.Version, v.IsLatest, v.IsPublished)).ShouldBe([(1, false, false), (2, true, true)]);
        TextOf(await _store.FindByVersionIdAsync(first.Definition.Id, CancellationToken.None)).ShouldBe("a");
        TextOf(await Find("d", VersionOptions.SpecificVersion(1))).ShouldBe("a");
    }

    [Fact]
    public async Task A_draft_is_written_over_by_whoever_edits_it_and_published_in_place()
    {
        var draft = (await Save(TestActivities.Definition("d", "a"))).Definition;

        var edited = await Save(Edited(draft, "b"));
        var published = await _store.PublishAsync("d", CancellationToken.None);

        edited.Definition.Id.ShouldBe(draft.Id);
        published!.Definition.Id.ShouldBe(draft.Id);
        (published.Definition.IsPublished, published.AlreadyPublished).ShouldBe((true, false));
        TextOf(await Find("d", VersionOptions.Published)).ShouldBe("b");
        (await All("d")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_draft_is_not_written_over_by_somebody_who_has_not_read_it()
    {
        await Save(TestActivities.Definition("d", "a"));

        await Save(TestActivities.Definition("d", "b"));

        (await All("d")).Select(v => (v.Version, v.IsLatest)).ShouldBe([(1, false), (2, true)]);
    }

    [Fact]
    public async Task A_draft_beside_a_published_version_leaves_that_one_published()
    {
        var published = (await Save(TestActivities.Definition("d", "a"), publish: true)).Definition;

        await Save(Edited(published, "b"));

        TextOf(await Find("d", VersionOptions.Published)).ShouldBe("a");
        TextOf(await Find("d", VersionOptions.Latest)).ShouldBe("b");
        (await _store.ListAsync(new DefinitionFilter { Versions = VersionOptions.LatestOrPublished }, CancellationToken.None))
            .TotalCount.ShouldBe(2);
    }

    [Fact]
    public async Task An_edit_of_a_version_that_is_not_the_latest_is_refused()
    {
        var first = (await Save(TestActivities.Definition("d", "a"), publish: true)).Definition;
        await Save(Edited(first, "b"), publish: true);

        var conflict = await Should.ThrowAsync<DefinitionConflictException>(() => Save(Edited(first, "c")));

        conflict.LatestVersion.ShouldBe(2);
        (await All("d")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_writer_who_says_what_he_has_read_does_not_overwrite_another()
    {
        var draft = (await Save(TestActivities.Definition("d", "a"))).Definition;
        var read = ContentHash.Compute(draft);
        await Save(Edited(draft, "b"));

        await Should.ThrowAsync<DefinitionConflictException>(() => _store.SaveAsync(
            new SaveDefinition(Edited(draft, "c")) { ExpectedHash = read }, CancellationToken.None));

        TextOf(await Find("d", VersionOptions.Latest)).ShouldBe("b");
    }

    [Fact]
    public async Task Concurrent_saves_all_become_versions()
    {
        await Save(TestActivities.Definition("d", "start"), publish: true);
        var stores = Enumerable.Range(0, 4).Select(_ => _file.Store()).ToList();

        await Task.WhenAll(stores.SelectMany((store, i) => Enumerable.Range(0, 5).Select(j => Task.Run(() => store.SaveAsync(
            new SaveDefinition(TestActivities.Definition("d", $"{i}.{j}")) { Publish = j % 2 == 0 }, CancellationToken.None)))));

        var all = await All("d");
        all.Select(v => v.Version).ShouldBe(Enumerable.Range(1, 21));
        all.Count(v => v.IsLatest).ShouldBe(1);
        all.Count(v => v.IsPublished).ShouldBe(1);
        all[^1].IsLatest.ShouldBeTrue();
    }

    [Fact]
    public async Task The_last_version_of_a_writer_is_known_whatever_others_wrote_since()
    {
        await Save(TestActivities.Definition("d", "a"), publish: true, writer: "compiler");
        var compiled = (await Save(TestActivities.Definition("d", "b"), publish: true, writer: "compiler")).Definition;
        var edited = (await Save(Edited(compiled, "by hand"))).Definition;
        await Save(Edited(edited, "by hand, again"));

        edited.Writer.ShouldBeNull();
        TextOf(await _store.FindLastWrittenByAsync("d", "compiler", CancellationToken.None)).ShouldBe("b");
        (await _store.FindLastWrittenByAsync("d", "other", CancellationToken.None)).ShouldBeNull();
        TextOf(await Find("d", VersionOptions.Latest)).ShouldBe("by hand, again");
    }

    [Fact]
    public async Task A_draft_of_one_writer_is_not_written_over_by_another()
    {
        var compiled = (await Save(TestActivities.Definition("d", "a"), writer: "compiler")).Definition;

        await Save(Edited(compiled, "by hand"));

        TextOf(await _store.FindLastWrittenByAsync("d", "compiler", CancellationToken.None)).ShouldBe("a");
    }

    [Fact]
    public async Task A_faulty_definition_is_a_draft_and_not_published()
    {
        var faulty = TestActivities.Definition("d", "a") with { Root = new ActivityNode { Type = "Acme.Sya" } };

        await Save(faulty);
        var refused = await Should.ThrowAsync<DefinitionInvalidException>(() => Save(faulty, publish: true));

        refused.Message.ShouldContain("Acme.Say");
        (await Find("d", VersionOptions.Published)).ShouldBeNull();
        await Should.ThrowAsync<DefinitionInvalidException>(() => _store.PublishAsync("d", CancellationToken.None));
    }

    [Fact]
    public async Task Work_of_others_is_in_the_same_commit()
    {
        await Save(TestActivities.Definition("d", "a"));
        var request = new SaveDefinition(TestActivities.Definition("d", "b")) { CommitWork = [new Throwing()] };

        await Should.ThrowAsync<InvalidDataException>(() => _store.SaveAsync(request, CancellationToken.None));

        TextOf(await Find("d", VersionOptions.Latest)).ShouldBe("a");
    }

    [Fact]
    public async Task Retracting_leaves_the_version_unpublished()
    {
        await Save(TestActivities.Definition("d", "a"), publish: true);

        (await _store.RetractAsync("d", CancellationToken.None))!.IsPublished.ShouldBeFalse();

        (await _store.RetractAsync("d", CancellationToken.None)).ShouldBeNull();
        (await Find("d", VersionOptions.Latest)).ShouldNotBeNull();
        (await _store.PublishAsync("unknown", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_are_filtered_sorted_and_paged()
    {
        foreach (var (id, name) in ((string, string)[])[("d1", "Beta"), ("d2", "alpha 100%"), ("d3", "Gamma")])
        {
            _file.Clock.Now += TimeSpan.FromMinutes(1);
            await Save(TestActivities.Definition(id, "x", name));
        }

        _file.Clock.Now += TimeSpan.FromMinutes(1);
        await Save(TestActivities.Definition("d4", "x") with { IsSystem = true });

        (await Names(new() { IsSystem = false, Descending = true })).ShouldBe(["Gamma", "alpha 100%", "Beta"]);
        (await Names(new() { SearchTerm = "ALPHA" })).ShouldBe(["alpha 100%"]);
        (await Names(new() { SearchTerm = "0%" })).ShouldBe(["alpha 100%"]);
        (await Names(new() { SearchTerm = "d%" })).ShouldBeEmpty();
        (await Names(new() { DefinitionIds = ["d1", "d3"], OrderBy = DefinitionOrder.Name })).ShouldBe(["Beta", "Gamma"]);
        var page = await _store.ListAsync(new() { OrderBy = DefinitionOrder.Created, Skip = 1, Take = 2 }, CancellationToken.None);
        (page.Items.Select(item => item.DefinitionId), page.TotalCount).ShouldSatisfyAllConditions(
            p => p.Item1.ShouldBe(["d2", "d3"]), p => p.TotalCount.ShouldBe(4));
    }

    [Fact]
    public async Task Names_are_compared_with_those_of_other_definitions()
    {
        await Save(TestActivities.Definition("d", "a", "taken"));

        (await _store.IsNameUniqueAsync("taken", null, CancellationToken.None)).ShouldBeFalse();
        (await _store.IsNameUniqueAsync("taken", "d", CancellationToken.None)).ShouldBeTrue();
        (await _store.IsNameUniqueAsync("free", null, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_import_keeps_its_ids_where_they_are_free()
    {
        var export = TestActivities.Definition("imported", "a") with { Id = "0123456789abcdef", Version = 7 };

        var saved = (await Save(export)).Definition;

        (saved.Id, saved.DefinitionId, saved.Version).ShouldBe(("0123456789abcdef", "imported", 7));
        (await Save(export with { DefinitionId = "other" })).Definition.Id.ShouldNotBe(export.Id);
    }

    [Fact]
    public async Task A_definition_without_ids_gets_them()
    {
        var saved = (await Save(TestActivities.Definition(string.Empty, "a"))).Definition;

        saved.DefinitionId.ShouldMatch("^[0-9a-f]{16}$");
        saved.DefinitionId.ShouldNotBe(saved.Id);
    }

    [Fact]
    public async Task A_draft_that_an_instance_runs_is_edited_as_a_new_version()
    {
        var draft = (await Save(TestActivities.Definition("d", "a"))).Definition;
        AddInstance(draft, "Running");

        var edited = await Save(Edited(draft, "b"));

        edited.Definition.Version.ShouldBe(2);
        TextOf(await _store.FindByVersionIdAsync(draft.Id, CancellationToken.None)).ShouldBe("a");
    }

    [Fact]
    public async Task A_definition_that_runs_is_not_deleted()
    {
        var definition = (await Save(TestActivities.Definition("d", "a"), publish: true)).Definition;
        AddInstance(definition, "Running");

        (await Should.ThrowAsync<DefinitionInUseException>(() => _store.DeleteAsync("d", CancellationToken.None)))
            .Message.ShouldContain("1 unfinished");

        using var connection = _file.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE WorkflowInstances SET Status = 'Finished'";
        command.ExecuteNonQuery();
        (await _store.DeleteAsync("d", CancellationToken.None)).ShouldBeTrue();
        (await _store.DeleteAsync("d", CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_tool_that_yields_leaves_an_edit_the_latest_and_published()
    {
        var first = (await Compile("a")).Definition;
        var edit = (await Save(Edited(first, "edited"), publish: true)).Definition;

        var second = await Compile("b");

        (second.Definition.Version, second.Definition.IsLatest, second.Definition.IsPublished).ShouldBe((3, false, false));
        (await Find("d", VersionOptions.Latest))!.Id.ShouldBe(edit.Id);
        (await Find("d", VersionOptions.Published))!.Id.ShouldBe(edit.Id);
        (await _store.FindLastWrittenByAsync("d", "compiler", CancellationToken.None))!.Id.ShouldBe(second.Definition.Id);
        (await Save(Edited(edit, "edited again"))).Definition.Version.ShouldBe(4);
    }

    [Fact]
    public async Task A_tool_that_takes_an_edit_over_need_not_yield_to_it_any_more()
    {
        var first = (await Compile("a")).Definition;
        var edit = (await Save(Edited(first, "edited"))).Definition;

        var taken = await Compile("edited");
        var next = await Compile("c");

        taken.Definition.Id.ShouldBe(edit.Id);
        taken.IsChanged.ShouldBeFalse();
        (next.Definition.Version, next.Definition.IsLatest, next.Definition.IsPublished).ShouldBe((3, true, true));
    }

    [Fact]
    public async Task A_version_that_yields_is_checked_all_the_same()
    {
        var first = (await Compile("a")).Definition;
        await Save(Edited(first, "edited"));
        var broken = first with { Id = string.Empty, Root = first.Root with { Type = "No.Such" } };

        await Should.ThrowAsync<DefinitionInvalidException>(() => _store.SaveAsync(
            new SaveDefinition(broken) { Publish = true, Writer = "compiler", YieldsToEdits = true }, CancellationToken.None));
    }

    private Task<SavedDefinition> Compile(string text) => _store.SaveAsync(
        new SaveDefinition(TestActivities.Definition("d", text)) { Publish = true, Writer = "compiler", YieldsToEdits = true },
        CancellationToken.None);

    private void AddInstance(WorkflowDefinition definition, string status)
    {
        using var connection = _file.Connect();
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO WorkflowInstances (Id, DefinitionId, DefinitionVersionId, Version, Status, SubStatus, IncidentCount, PauseRequested, "
            + "CancelRequested, LogSequence, ExecutionOrder, CreatedAt, UpdatedAt, Fence) VALUES "
            + "('i', @definition, @version, 1, @status, 'Pending', 0, 0, 0, 0, 0, 0, 0, 0)";
        command.Parameters.AddWithValue("@definition", definition.DefinitionId);
        command.Parameters.AddWithValue("@version", definition.Id);
        command.Parameters.AddWithValue("@status", status);
        command.ExecuteNonQuery();
    }

    private Task<SavedDefinition> Save(WorkflowDefinition definition, bool publish = false, string? writer = null) =>
        _store.SaveAsync(new SaveDefinition(definition) { Publish = publish, Writer = writer }, CancellationToken.None);

    private Task<WorkflowDefinition?> Find(string id, VersionOptions versions) => _store.FindAsync(id, versions, CancellationToken.None);

    private async Task<IReadOnlyList<DefinitionSummary>> All(string id) =>
        (await _store.ListAsync(
            new DefinitionFilter { Versions = VersionOptions.AllVersions, DefinitionIds = [id], OrderBy = DefinitionOrder.Version },
            CancellationToken.None)).Items;

    private async Task<IEnumerable<string?>> Names(DefinitionFilter filter) =>
        (await _store.ListAsync(filter, CancellationToken.None)).Items.Select(item => item.Name);

    private static WorkflowDefinition Edited(WorkflowDefinition definition, string text) =>
        definition with { Root = TestActivities.Definition("x", text).Root };

    private static string? TextOf(WorkflowDefinition? definition) =>
        definition?.Root.Activities![0].Inputs["text"].Value!.GetValue<string>();

    private sealed class Throwing : ICommitWork
    {
        public Task ApplyAsync(CommitScope scope, CancellationToken cancellationToken) => throw new InvalidDataException();
    }
}
