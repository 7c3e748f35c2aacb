using Spectre.Console;

namespace Stillhouse.Benchmarks.Measuring;

/// <summary>The look of all tables.</summary>
internal static class Tables
{
    /// <param name="columns">The first one holds names, the others numbers.</param>
    public static Table Create(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(column)
            {
                Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right,
                NoWrap = true,
            });
        }

        return table;
    }
}
