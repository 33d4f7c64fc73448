namespace Sandbox.Data.Datasets;

/// <summary>A line or row of the input that is no row.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Line in the file, from 1.</param>
/// <param name="Problem">What is wrong, as in <c>is not valid JSON: …</c>.</param>
public sealed record BadRow(string File, long Line, string Problem)
{
    /// <summary><c>file:line: the row …</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}: the row {Problem}");
}
