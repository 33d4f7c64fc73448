using System.Buffers;

namespace Sandbox.Data.Rows;

/// <summary>Arrays for batches: short ones come from the shared pool and go back there, long ones are as long as asked for and
/// left to the collector, so that one long line does not keep memory for good.</summary>
internal static class ByteArrays
{
    private const int LongestPooled = 1 << 20;

    public static byte[] Rent(int length) =>
        length <= LongestPooled ? ArrayPool<byte>.Shared.Rent(length) : GC.AllocateUninitializedArray<byte>(length);

    public static void Return(byte[] bytes)
    {
        if (bytes.Length is > 0 and <= LongestPooled)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
