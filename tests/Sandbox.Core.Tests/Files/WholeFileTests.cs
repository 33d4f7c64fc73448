using Sandbox.Core.Files;

namespace Sandbox.Core.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("whole-file-");

    [Fact]
    public async Task A_write_that_fails_leaves_the_old_file_and_nothing_else()
    {
        var path = Path.Combine(_directory.FullName, "below", "a.txt");
        await WholeFile.WriteTextAsync(path, "old", CancellationToken.None);

        await Should.ThrowAsync<IOException>(() => WholeFile.WriteAsync(path, async stream =>
        {
            await stream.WriteAsync("new"u8.ToArray());
            throw new IOException("the disk is full");
        }));

        (await File.ReadAllTextAsync(path)).ShouldBe("old");
        Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldHaveSingleItem();
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
