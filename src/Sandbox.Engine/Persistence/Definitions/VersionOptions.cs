using System.Globalization;

namespace Sandbox.Engine.Persistence;

/// <summary>Which versions of definitions are meant; the words are those of Elsa's API.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct VersionOptions
{
    private VersionOptions(VersionKind kind, int version = 0) => (Kind, Version) = (kind, version);

    /// <summary>The newest version, draft or not.</summary>
    public static VersionOptions Latest => new(VersionKind.Latest);

    /// <summary>The published version.</summary>
    public static VersionOptions Published => new(VersionKind.Published);

    /// <summary>The newest and the published version.</summary>
    public static VersionOptions LatestOrPublished => new(VersionKind.LatestOrPublished);

    /// <summary>Newest versions that are not published.</summary>
    public static VersionOptions Draft => new(VersionKind.Draft);

    /// <summary>All versions.</summary>
    public static VersionOptions AllVersions => new(VersionKind.All);

    internal VersionKind Kind { get; }

    internal int Version { get; }

    /// <summary>The version of this number.</summary>
    public static VersionOptions SpecificVersion(int version) => new(VersionKind.Specific, version);

    /// <summary>Reads the API's word; an empty one means all versions.</summary>
    /// <returns>False where the word is unknown.</returns>
    public static bool TryParse(string? text, out VersionOptions options)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            options = SpecificVersion(number);
            return true;
        }

        VersionKind? kind = text?.ToUpperInvariant() switch
        {
            null or "" or "ALL" or "ALLVERSIONS" => VersionKind.All,
            "LATEST" => VersionKind.Latest,
            "PUBLISHED" => VersionKind.Published,
            "LATESTORPUBLISHED" => VersionKind.LatestOrPublished,
            "LATESTANDPUBLISHED" => VersionKind.LatestAndPublished,
            "DRAFT" => VersionKind.Draft,
            _ => null,
        };
        options = new VersionOptions(kind ?? VersionKind.All);
        return kind is not null;
    }
}

/// <summary>Cases of <see cref="VersionOptions"/>.</summary>
internal enum VersionKind
{
    All,
    Latest,
    Published,
    LatestOrPublished,
    LatestAndPublished,
    Draft,
    Specific,
}
