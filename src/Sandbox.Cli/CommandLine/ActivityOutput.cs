using System.Text;

namespace Sandbox.Cli.CommandLine;

/// <summary>Takes the lines that <c>Elsa.WriteLine</c> writes, and passes them to whatever shows the run.</summary>
internal sealed class ActivityOutput : TextWriter
{
    private readonly StringBuilder _line = new();

    /// <summary>Where whole lines go; nowhere until it is set.</summary>
    public Action<string>? Line { get; set; }

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_line)
        {
            if (value == '\n')
            {
                Line?.Invoke(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else
            {
                _line.Append(value);
            }
        }
    }
}
