using System.Text;
using System.Text.Json;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Groupers;

/// <summary>Rows as one row of lists. What a row lacks is null, as in upstream's columns.</summary>
internal static class RowLists
{
    /// <summary>One row out of several.</summary>
    /// <param name="columns">Names of all columns of the data set, in order.</param>
    /// <param name="rows">The rows.</param>
    public static Row Together(IReadOnlyList<string> columns, IReadOnlyList<Row> rows)
    {
        var fields = new List<Row.Field>(columns.Count);
        foreach (var column in columns)
        {
            using var list = new PooledBuffer(1 << 12);
            for (var i = 0; i < rows.Count; i++)
            {
                list.Write(i == 0 ? "["u8 : ","u8);
                Write(rows[i], column, list);
            }

            list.Write("]"u8);
            fields.Add(new Row.Field(column, list.Written.ToArray(), null, false));
        }

        return new Row(fields) { Number = rows[0].Number, File = rows[0].File, Line = rows[0].Line };
    }

    /// <summary>The rows in a row of lists; how many, the first column says.</summary>
    /// <exception cref="OperatorException">A column is no list, or shorter than the first.</exception>
    public static IReadOnlyList<Row> Apart(Row row)
    {
        var columns = row.Fields.Where(f => f.Name != ColumnNames.BatchMeta).Select(f => (f.Name, Items: Items(f))).ToList();
        var rows = new List<Row>();
        for (var i = 0; columns.Count > 0 && i < columns[0].Items.Count; i++)
        {
            rows.Add(One(row, columns, i));
        }

        return rows;
    }

    private static Row One(Row source, List<(string Name, List<ReadOnlyMemory<byte>> Items)> columns, int index)
    {
        var row = new Row(new List<Row.Field>(columns.Count)) { Number = source.Number, File = source.File, Line = source.Line };
        foreach (var (name, items) in columns)
        {
            var item = index < items.Count ? items[index]
                : throw new OperatorException($"its list \"{name}\" is shorter than the list of the first field");
            if (name == ColumnNames.Stats)
            {
                RowParser.TakeStats(row, item);
            }
            else
            {
                row.Fields.Add(new Row.Field(name, item, null, false));
            }
        }

        return row;
    }

    private static List<ReadOnlyMemory<byte>> Items(Row.Field field)
    {
        var json = field.Changed ? Encoding.UTF8.GetBytes("\"\"") : field.Json;
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = RowParser.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new OperatorException($"its field \"{field.Name}\" is no list");
        }

        var items = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(json[start..(int)reader.BytesConsumed]);
        }

        return items;
    }

    private static void Write(Row row, string column, PooledBuffer list)
    {
        if (column == ColumnNames.Stats && !row.Contains(column))
        {
            row.Stats.Write(list, rounded: false);
            return;
        }

        RowWriter.WriteValue(row, column, list);
    }
}
