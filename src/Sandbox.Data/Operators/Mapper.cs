using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators;

/// <summary>Changes the text of a row.</summary>
internal sealed class TextMapper(string textKey, Func<string, string> map) : IRowOperator
{
    public RowOutcome Run(Row row)
    {
        var before = TextField.Of(row, textKey).Text;
        var after = map(before);
        if (string.Equals(before, after, StringComparison.Ordinal))
        {
            return RowOutcome.Kept;
        }

        row.SetText(textKey, after);
        return RowOutcome.Changed;
    }
}
