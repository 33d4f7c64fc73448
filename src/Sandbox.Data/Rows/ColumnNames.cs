namespace Sandbox.Data.Rows;

/// <summary>Columns that Data-Juicer adds to a data set.</summary>
public static class ColumnNames
{
    /// <summary>Statistics of filters.</summary>
    public const string Stats = "__dj__stats__";

    /// <summary>Tags and other facts that mappers find.</summary>
    public const string Meta = "__dj__meta__";

    /// <summary>What describes a row of lists as a whole.</summary>
    public const string BatchMeta = "__dj__batch_meta__";

    /// <summary>Suffix of the file that a row came from.</summary>
    public const string Suffix = "__dj__suffix__";

    /// <summary>Hash of <c>document_deduplicator</c>.</summary>
    public const string Hash = "__dj__hash";

    /// <summary>Hash of <c>document_simhash_deduplicator</c>, a number in decimal notation.</summary>
    public const string SimHash = "__dj__simhash";

    /// <summary>Columns of deduplicators, left out of an export unless <c>keep_hashes_in_res_ds</c>.</summary>
    public static IReadOnlyList<string> Hashes { get; } = [Hash, "__dj__minhash", SimHash, "__dj__imagehash", "__dj__videohash"];
}
