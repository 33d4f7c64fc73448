using System.Globalization;
using System.Text;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace Sandbox.Workflows.Jobs;

/// <summary>The file of a job's log: opened with the first line, every line written through at once, so that it can be
/// followed and survives the death of the process. Serilog's own shared file takes a named mutex for each job, which costs
/// more than all the rest of a short job.</summary>
internal sealed class JobLogFile(string path) : ILogEventSink, IDisposable
{
    private static readonly MessageTemplateTextFormatter Line = new(
        "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {Message:lj}{NewLine}{Exception}", CultureInfo.InvariantCulture);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private readonly Lock _gate = new();
    private FileStream? _stream;
    private bool _isClosed;

    public void Emit(LogEvent logEvent)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Line.Format(logEvent, text);
        var bytes = Utf8.GetBytes(text.ToString());
        lock (_gate)
        {
            if (!_isClosed)
            {
                _stream ??= Open();

                // A process that lost the run may still write here: a line goes in whole, where the file ends now.
                _stream.Seek(0, SeekOrigin.End);
                _stream.Write(bytes);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            _stream?.Dispose();
        }
    }

    private FileStream Open()
    {
        try
        {
            return OpenFile();
        }
        catch (DirectoryNotFoundException)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return OpenFile();
        }
    }

    private FileStream OpenFile() =>
        new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
