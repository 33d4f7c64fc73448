using System.Text;
using Sandbox.Data.LanguageModels;

namespace Sandbox.Data.Tests.LanguageModels;

/// <summary>Trains models in a directory that is deleted afterwards.</summary>
internal sealed class Training : INgramTrainingObserver, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ngram-").FullName;

    public List<(int Percent, long Tokens, double Loss)> Losses { get; } = [];

    public List<int> Fallbacks { get; } = [];

    public NgramTrainingSummary? Summary { get; private set; }

    public int ScratchFiles { get; private set; }

    public IReadOnlyList<string> LeftFiles => [.. Directory.GetFiles(_directory).Select(f => Path.GetFileName(f))];

    public async Task<string> ArpaAsync(IEnumerable<string> texts, NgramTrainerOptions options, IEnumerable<string>? heldOut = null)
    {
        using var output = new MemoryStream();
        var trainer = new NgramTrainer(options, this, name =>
        {
            ScratchFiles++;
            return Path.Combine(_directory, name);
        });
        Summary = await trainer.TrainAsync(
            new TextSource("texts", texts.ToAsyncEnumerable()),
            heldOut is null ? null : new TextSource("held out", heldOut.ToAsyncEnumerable()),
            output,
            CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public async Task<NgramModel> ModelAsync(IEnumerable<string> texts, NgramTrainerOptions options) =>
        Load(await ArpaAsync(texts, options));

    public NgramModel Load(string arpa)
    {
        var path = Path.Combine(_directory, "model.arpa");
        File.WriteAllText(path, arpa);
        return NgramModel.Load(path, "model.arpa");
    }

    void INgramTrainingObserver.Progress(string phase, long done, long? total, string unit)
    {
    }

    void INgramTrainingObserver.Loss(int percent, long tokens, double loss) => Losses.Add((percent, tokens, loss));

    void INgramTrainingObserver.DiscountFallback(int length, string problem) => Fallbacks.Add(length);

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
