using Google.Protobuf;

namespace Sandbox.Tracking.Sinks;

/// <summary>A protobuf message, written field by field: the messages of other tools are few and small, so their definitions are
/// not compiled.</summary>
internal sealed class Message
{
    private readonly MemoryStream _bytes = new();
    private readonly CodedOutputStream _output;

    public Message() => _output = new CodedOutputStream(_bytes, leaveOpen: true);

    /// <summary>A text; an empty one is not written.</summary>
    public Message Text(int field, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
            _output.WriteString(value);
        }

        return this;
    }

    /// <summary>A whole number; 0 is not written.</summary>
    public Message Number(int field, long value)
    {
        if (value != 0)
        {
            _output.WriteTag(field, WireFormat.WireType.Varint);
            _output.WriteInt64(value);
        }

        return this;
    }

    public Message Double(int field, double value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed64);
        _output.WriteDouble(value);
        return this;
    }

    public Message Float(int field, float value)
    {
        _output.WriteTag(field, WireFormat.WireType.Fixed32);
        _output.WriteFloat(value);
        return this;
    }

    /// <summary>A message inside, also an empty one.</summary>
    public Message Inside(int field, Message value)
    {
        _output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        _output.WriteBytes(ByteString.CopyFrom(value.ToArray()));
        return this;
    }

    public byte[] ToArray()
    {
        _output.Flush();
        return _bytes.ToArray();
    }
}
