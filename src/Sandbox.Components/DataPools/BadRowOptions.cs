using Sandbox.Core.Components.Options;

namespace Sandbox.Components.DataPools;

/// <summary>What all options say that belong to data sets read row by row.</summary>
internal abstract class BadRowOptions
{
    [Option("max_bad_rows", Min = 0, Description = "Malformed rows of each data set that are put up with: a number, or a share of its rows when below 1.")]
    public double MaxBadRows { get; set; }
}
