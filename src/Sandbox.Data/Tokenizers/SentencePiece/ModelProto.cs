using System.Text;

namespace Sandbox.Data.Tokenizers.SentencePiece;

/// <summary>The file of a model: the protocol buffer <c>sentencepiece.ModelProto</c>, as far as cutting needs it.</summary>
internal sealed class ModelProto
{
    private const int Unigram = 1;
    private const int Bpe = 2;
    private readonly List<Piece> _pieces = [];
    private readonly NormaliserSettings _normaliser = new();
    private int _type = Unigram;
    private bool _byteFallback;

    public static ModelProto Read(ReadOnlyMemory<byte> file)
    {
        var model = new ModelProto();
        var fields = new ProtoReader(file.Span);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1:
                    model._pieces.Add(ReadPiece(fields.Bytes));
                    break;
                case 2:
                    model.ReadTrainer(fields.Bytes);
                    break;
                case 3:
                    model._normaliser.Read(fields.Bytes);
                    break;
            }
        }

        return model._pieces.Count > 0 ? model : throw new InvalidDataException("it has no pieces.");
    }

    public SentencePieceModel ToModel()
    {
        var pieces = new PieceTable(_pieces, _byteFallback);
        IPieceCutter cutter = _type switch
        {
            Unigram => new UnigramCutter(pieces),
            Bpe => new BpeCutter(pieces),
            _ => throw new InvalidDataException("only unigram and BPE models can be read; this one cuts words or characters."),
        };
        return new SentencePieceModel(new TextNormaliser(_normaliser, pieces.UserDefined()), pieces, cutter);
    }

    private static Piece ReadPiece(ReadOnlySpan<byte> bytes)
    {
        var piece = new Piece(string.Empty, 0, PieceKind.Normal);
        var fields = new ProtoReader(bytes);
        while (fields.Next())
        {
            piece = fields.Number switch
            {
                1 => piece with { Text = Encoding.UTF8.GetString(fields.Bytes) },
                2 => piece with { Score = fields.Single },
                3 => piece with { Kind = (PieceKind)fields.Value },
                _ => piece,
            };
        }

        return piece;
    }

    private void ReadTrainer(ReadOnlySpan<byte> bytes)
    {
        var fields = new ProtoReader(bytes);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 3:
                    _type = (int)fields.Value;
                    break;
                case 24:
                    _normaliser.BlankIsSuffix = fields.Value != 0;
                    break;
                case 35:
                    _byteFallback = fields.Value != 0;
                    break;
            }
        }
    }
}

/// <summary>How a model wants its text.</summary>
internal sealed class NormaliserSettings
{
    /// <summary>The compiled table of replacements; empty where there is none.</summary>
    public byte[] Charsmap { get; private set; } = [];

    /// <summary>Whether a blank is put before the text.</summary>
    public bool AddsBlank { get; private set; } = true;

    /// <summary>Whether blanks at the ends vanish and neighbouring ones become one.</summary>
    public bool RemovesBlanks { get; private set; } = true;

    /// <summary>Whether a blank is written as U+2581.</summary>
    public bool EscapesBlanks { get; private set; } = true;

    /// <summary>Whether the blank that is added comes after the text.</summary>
    public bool BlankIsSuffix { get; set; }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        var fields = new ProtoReader(bytes);
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 2:
                    Charsmap = fields.Bytes.ToArray();
                    break;
                case 3:
                    AddsBlank = fields.Value != 0;
                    break;
                case 4:
                    RemovesBlanks = fields.Value != 0;
                    break;
                case 5:
                    EscapesBlanks = fields.Value != 0;
                    break;
            }
        }
    }
}
