using System.Text;

namespace Sandbox.Data.Rows;

/// <summary>Names of fields as they are written: quoted, escaped, with the colon. Those written last are kept by the thread.</summary>
internal static class PropertyNames
{
    private const int Kept = 64;

    [ThreadStatic]
    private static (string Name, byte[] Written)[]? _known;

    public static ReadOnlySpan<byte> Of(string name)
    {
        var known = _known ??= new (string, byte[])[Kept];
        ref var place = ref known[(name.Length + (name.Length > 0 ? name[0] * 7 : 0) + (name.Length > 1 ? name[^1] * 3 : 0)) % Kept];
        if (!string.Equals(place.Name, name, StringComparison.Ordinal))
        {
            place = (name, Write(name));
        }

        return place.Written;
    }

    private static byte[] Write(string name)
    {
        using var buffer = new PooledBuffer(name.Length + 8);
        JsonText.Write(Encoding.UTF8.GetBytes(name), buffer);
        buffer.Write(":"u8);
        return buffer.Written.ToArray();
    }
}
