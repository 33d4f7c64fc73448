namespace Sandbox.Workflows.Reports.Charts;

/// <summary>Where the data of a chart lie in its drawing, and the axes around them.</summary>
/// <param name="Width">Width of the drawing.</param>
/// <param name="Height">Height of the drawing.</param>
/// <param name="X">Range to the right.</param>
/// <param name="Y">Range upwards.</param>
internal sealed record PlotArea(double Width, double Height, (double Low, double High) X, (double Low, double High) Y)
{
    private const double Left = 54;
    private const double Right = 14;
    private const double Top = 10;
    private const double Bottom = 38;

    public double AtX(double value) => Left + (Share(value, X) * (Width - Left - Right));

    public double AtY(double value) => Height - Bottom - (Share(value, Y) * (Height - Top - Bottom));

    /// <summary>Whether only whole numbers run to the right, such as those of trials.</summary>
    public bool HasWholeX { get; init; }

    /// <summary>Grid lines, tick labels and the names of the axes.</summary>
    public void AddAxes(Html html, string xLabel, string yLabel)
    {
        var yTicks = RoundNumbers.Ticks(Y.Low, Y.High, 5);
        foreach (var (tick, label) in yTicks.Zip(Figures.Labels(yTicks)))
        {
            html.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{AtY(tick)}\" y2=\"{AtY(tick)}\"/>");
            html.Add($"<text class=\"tick\" x=\"{Left - 6}\" y=\"{AtY(tick) + 4}\" text-anchor=\"end\">{label}</text>");
        }

        IReadOnlyList<double> xTicks = [.. RoundNumbers.Ticks(X.Low, X.High, 5).Where(t => !HasWholeX || t == Math.Floor(t))];
        if (xTicks.Count == 0)
        {
            xTicks = [Math.Round((X.Low + X.High) / 2)];
        }

        foreach (var (tick, label) in xTicks.Zip(Figures.Labels(xTicks)))
        {
            html.Add($"<line class=\"axis\" x1=\"{AtX(tick)}\" x2=\"{AtX(tick)}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom + 4}\"/>");
            html.Add($"<text class=\"tick\" x=\"{AtX(tick)}\" y=\"{Height - Bottom + 16}\" text-anchor=\"middle\">{label}</text>");
        }

        html.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        html.Add($"<text class=\"label\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 5}\" text-anchor=\"middle\">{xLabel}</text>");
        var middle = (Top + Height - Bottom) / 2;
        html.Add($"<text class=\"label\" x=\"12\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 12 {middle})\">{yLabel}</text>");
    }

    /// <summary>Opens the drawing with its title and description for those who do not see it.</summary>
    public static void Open(Html html, double width, double height, string title, string description)
    {
        var id = html.NextId();
        html.Add($"<svg viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{id}t {id}d\">");
        html.Add($"<title id=\"{id}t\">{title}</title><desc id=\"{id}d\">{description}</desc>");
    }

    private static double Share(double value, (double Low, double High) range) =>
        range.High > range.Low ? (value - range.Low) / (range.High - range.Low) : 0.5;
}
