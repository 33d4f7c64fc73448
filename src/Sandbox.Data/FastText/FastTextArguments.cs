namespace Sandbox.Data.FastText;

/// <summary>How the output of a model is computed; the numbers are those of the file.</summary>
internal enum FastTextLoss
{
    HierarchicalSoftmax = 1,
    NegativeSampling = 2,
    Softmax = 3,
    OneVersusAll = 4,
}

/// <summary>The settings of a model that matter to its use.</summary>
/// <param name="Dimension">Length of its vectors.</param>
/// <param name="WordNgrams">Words of the longest word n-gram.</param>
/// <param name="Loss">The output layer.</param>
/// <param name="Buckets">Rows for hashed n-grams.</param>
/// <param name="MinCharacters">Characters of the shortest character n-gram.</param>
/// <param name="MaxCharacters">Of the longest; 0 where there are none.</param>
internal sealed record FastTextArguments(int Dimension, int WordNgrams, FastTextLoss Loss, int Buckets, int MinCharacters, int MaxCharacters)
{
    private const int Supervised = 3;
    private const int LargestDimension = 1 << 14;

    public static FastTextArguments Read(BinaryReader reader, int version)
    {
        var dimension = reader.ReadInt32();
        reader.ReadInt32(); // window
        reader.ReadInt32(); // epochs
        reader.ReadInt32(); // smallest count
        reader.ReadInt32(); // negatives
        var wordNgrams = reader.ReadInt32();
        var loss = (FastTextLoss)reader.ReadInt32();
        var model = reader.ReadInt32();
        var buckets = reader.ReadInt32();
        var minCharacters = reader.ReadInt32();
        var maxCharacters = reader.ReadInt32();
        reader.ReadInt32(); // rate of updates
        reader.ReadDouble(); // sampling threshold
        if (model != Supervised)
        {
            throw new InvalidDataException("it holds word vectors, and only a supervised model gives labels.");
        }

        if (dimension is < 1 or > LargestDimension || buckets < 0 || !Enum.IsDefined(loss))
        {
            throw new InvalidDataException("its settings make no sense.");
        }

        // Before version 12 supervised models had no character n-grams, whatever the file says.
        return new FastTextArguments(dimension, wordNgrams, loss, buckets, minCharacters, version == 11 ? 0 : maxCharacters);
    }
}
