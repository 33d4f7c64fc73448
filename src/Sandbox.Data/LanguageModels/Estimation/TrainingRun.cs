using Sandbox.Data.LanguageModels.Arpa;
using Sandbox.Data.Sorting;

namespace Sandbox.Data.LanguageModels.Estimation;

/// <summary>The counts of one model in the making. Tokens are numbered anew in the order of their words, so that the model
/// comes out in that order.</summary>
internal sealed class TrainingRun : IDisposable
{
    // Of the memory budget: half for the counts, a quarter for the two sorts of each order after them.
    private const int CountShare = 2;
    private const int SortShare = 4;
    private readonly NgramTrainerOptions _options;
    private readonly Vocabulary _vocabulary;
    private readonly Discounts _fallback;
    private readonly Func<string> _newPath;
    private readonly uint[] _ranks;
    private readonly bool[] _seen;
    private readonly SentenceCounter _counter;

    public TrainingRun(NgramTrainerOptions options, Vocabulary vocabulary, Discounts fallback, Func<string> newPath)
    {
        (_options, _vocabulary, _fallback, _newPath) = (options, vocabulary, fallback, newPath);
        _ranks = vocabulary.Ranks();
        _seen = new bool[vocabulary.Count];
        _counter = new SentenceCounter(options.Order, options.MemoryBytes / CountShare, newPath);
    }

    /// <summary>The next token of the training text, by its number in the vocabulary.</summary>
    public void Add(uint token)
    {
        var rank = _ranks[token];
        _seen[rank] = true;
        _counter.Add(rank);
    }

    /// <summary>The loss of the model of all tokens so far.</summary>
    public double Loss(RowFile heldOut, CancellationToken cancellationToken)
    {
        var loss = new ValidationLoss(_options.Order, heldOut, Known, NewUnigrams(), _vocabulary.Count);
        var statistics = _counter.Adjust(loss, cancellationToken);
        return loss.Compute(Discounts(statistics, observer: null));
    }

    /// <summary>Writes the model of all tokens so far.</summary>
    public void Write(Stream output, INgramTrainingObserver observer, CancellationToken cancellationToken)
    {
        var unigrams = NewUnigrams();
        using var tables = new GramTables(_options.Order, unigrams, _options.MemoryBytes / SortShare, _newPath);
        observer.Progress("adjusting the counts", 0, _options.Order, "orders");
        var statistics = _counter.Adjust(tables, cancellationToken);
        _counter.Dispose();
        var discounts = Discounts(statistics, observer);
        var orders = new List<WeightedGrams>();
        try
        {
            for (var n = 2; n <= _options.Order; n++)
            {
                var budget = _options.MemoryBytes / SortShare / (_options.Order - 1);
                orders.Add(WeightedGrams.Weigh(tables.ByContext(n), n, discounts[n], budget, _newPath, cancellationToken));
                observer.Progress("estimating", n, _options.Order, "orders");
            }

            new ArpaExport(Words(), orders, new ArpaWriter(output), _newPath, cancellationToken)
                .Write(unigrams, unigrams.Estimate(discounts[1]), statistics, WriterProgress(observer));
        }
        finally
        {
            orders.ForEach(o => o.Dispose());
        }
    }

    public void Dispose() => _counter.Dispose();

    private Action<int> WriterProgress(INgramTrainingObserver observer) =>
        n => observer.Progress("writing the model", n, _options.Order, "orders");

    private UnigramModel NewUnigrams() => new(_vocabulary.Count, _vocabulary.IsFixed);

    private uint Known(uint token)
    {
        var rank = _ranks[token];
        return _seen[rank] || _vocabulary.IsFixed ? rank : SpecialToken.Unknown;
    }

    private Discounts[] Discounts(CountStatistics statistics, INgramTrainingObserver? observer)
    {
        var discounts = new Discounts[_options.Order + 1];
        for (var n = 1; n <= _options.Order; n++)
        {
            (discounts[n], var problem) = Estimation.Discounts.Estimate(statistics, n, _fallback);
            if (problem is not null)
            {
                observer?.DiscountFallback(n, problem);
            }
        }

        return discounts;
    }

    private string[] Words()
    {
        var words = new string[_vocabulary.Count];
        for (var id = 0u; id < words.Length; id++)
        {
            words[_ranks[id]] = _vocabulary[id];
        }

        return words;
    }
}
