namespace Sandbox.Data.FastText;

/// <summary>Reads the binary file of a model: head, settings, dictionary, input and output matrix.</summary>
internal static class FastTextReader
{
    /// <summary>What the file begins with, as a little-endian number.</summary>
    public const int Magic = 793712314;
    private const int NewestVersion = 12;

    public static FastTextModel Read(BinaryReader reader)
    {
        if (reader.ReadInt32() != Magic)
        {
            throw new InvalidDataException("it does not begin as one.");
        }

        var version = reader.ReadInt32();
        if (version is < 11 or > NewestVersion)
        {
            throw new InvalidDataException(FormattableString.Invariant($"version {version} of the format is not known."));
        }

        var arguments = FastTextArguments.Read(reader, version);
        var dictionary = FastTextDictionary.Read(reader, arguments);
        var isQuantised = reader.ReadBoolean();
        var input = ReadMatrix(reader, isQuantised, arguments.Dimension);
        var isOutputQuantised = reader.ReadBoolean();
        var output = ReadMatrix(reader, isQuantised && isOutputQuantised, arguments.Dimension);
        if (output.Rows < dictionary.Labels.Count || input.Rows < dictionary.RowsNeeded)
        {
            throw new InvalidDataException("its matrices are smaller than its dictionary.");
        }

        return new FastTextModel(dictionary, input, Layer(arguments.Loss, output, dictionary), arguments.Dimension);
    }

    private static IMatrix ReadMatrix(BinaryReader reader, bool isQuantised, int dimension)
    {
        IMatrix matrix = isQuantised ? QuantisedMatrix.Read(reader) : DenseMatrix.Read(reader);
        return matrix.Columns == dimension
            ? matrix
            : throw new InvalidDataException(FormattableString.Invariant($"a matrix has {matrix.Columns} columns instead of {dimension}."));
    }

    private static IOutputLayer Layer(FastTextLoss loss, IMatrix output, FastTextDictionary dictionary) => loss switch
    {
        FastTextLoss.HierarchicalSoftmax => new HierarchicalSoftmax(output, dictionary.LabelCounts),
        FastTextLoss.Softmax => new SoftmaxLayer(output, dictionary.Labels.Count),
        _ => new SigmoidLayer(output, dictionary.Labels.Count),
    };
}
