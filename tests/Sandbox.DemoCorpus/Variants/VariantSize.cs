namespace Sandbox.DemoCorpus.Variants;

/// <summary>How many rows a variant of the corpus has.</summary>
internal sealed record VariantSize(int Train, int Tune, int Test)
{
    /// <summary>What each of the five seeds has.</summary>
    public static VariantSize Full { get; } = new(2010, 184, 184);

    /// <summary>What the quick demo has. It runs often, so it has no test split: that one is read once.</summary>
    public static VariantSize Slice { get; } = new(300, 46, 0);
}
