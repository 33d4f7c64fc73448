using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Sandbox.Environments.Supervision.Files;
using Sandbox.Environments.Supervision.Linux;

namespace Sandbox.Environments.Supervision.Program;

/// <summary>Brings one stream of the program into files, each as long as a segment. A full disk holds the program up until
/// there is room again; nothing is dropped.</summary>
internal sealed unsafe class OutputPump
{
    private const int BufferSize = 64 << 10;
    private const int SmallStack = 256 << 10;
    private static readonly TimeSpan RoomAgain = TimeSpan.FromSeconds(2);
    private readonly ProcessFiles _files;
    private readonly string _stream;
    private readonly int _pipe;
    private readonly long _segmentBytes;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _never = new();
    private long _lastOutput = TimeProvider.System.GetTimestamp();

    public OutputPump(ProcessFiles files, string stream, int pipe, long segmentBytes)
    {
        (_files, _stream, _pipe, _segmentBytes) = (files, stream, pipe, segmentBytes);
        _thread = new Thread(Pump, SmallStack) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>When something came last, as a time stamp of the clock.</summary>
    public long LastOutput => Volatile.Read(ref _lastOutput);

    /// <summary>Waits for the end of the stream. Somebody outside the tree may hold it open: that is not waited for.</summary>
    public void Join() => _thread.Join(TimeSpan.FromSeconds(10));

    private void Pump()
    {
        var buffer = (byte*)NativeMemory.Alloc(BufferSize);
        var (start, position) = (0L, 0L);
        var segment = Open(0);
        while (true)
        {
            var count = (int)LibC.Read(_pipe, buffer, BufferSize);
            if (count < 0 && Marshal.GetLastPInvokeError() == LibC.Interrupted)
            {
                continue;
            }

            if (count <= 0)
            {
                break;
            }

            Volatile.Write(ref _lastOutput, TimeProvider.System.GetTimestamp());
            Write(segment, new ReadOnlySpan<byte>(buffer, count), position - start);
            position += count;
            if (position - start >= _segmentBytes)
            {
                segment.Dispose();
                start = position;
                segment = Open(start);
            }
        }

        segment.Dispose();
        _ = LibC.Close(_pipe);
    }

    private SafeFileHandle Open(long offset)
    {
        while (true)
        {
            try
            {
                return File.OpenHandle(_files.Segment(_stream, offset), FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (IOException)
            {
                _never.Wait(RoomAgain);
            }
        }
    }

    private void Write(SafeFileHandle segment, ReadOnlySpan<byte> bytes, long at)
    {
        while (true)
        {
            try
            {
                RandomAccess.Write(segment, bytes, at);
                return;
            }
            catch (IOException)
            {
                // The same bytes go to the same place once more.
                _never.Wait(RoomAgain);
            }
        }
    }
}
