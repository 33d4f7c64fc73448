using System.Text.Json.Nodes;
using Sandbox.Engine.Bookmarks;

namespace Sandbox.Engine.Tests.Runtime;

public sealed class BookmarkHashTests
{
    [Theory]
    [InlineData("Ada", "EFB611057E8CD7D4358998CBB88FB2B58CF0ABCEC7053CC26BAC50F74D3BE6EE")]
    [InlineData("x", "2A815F6DA036ABCC861D82C1BDA360B0154E3A94937A4BD56AFE32957E84C380")]
    public void Hash_is_the_one_that_Elsa_wrote(string subject, string hash) =>
        BookmarkHash.Compute("Acme.Approve", new JsonObject { ["subject"] = subject }).ShouldBe(hash);
}
