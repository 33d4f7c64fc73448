using Microsoft.EntityFrameworkCore;

namespace Sandbox.Engine.Persistence;

/// <summary>Filters and orders as queries.</summary>
internal static class DefinitionQueries
{
    public static IQueryable<DefinitionRow> OfVersion(this IQueryable<DefinitionRow> rows, VersionOptions versions) =>
        versions.Kind switch
        {
            VersionKind.Latest => rows.Where(row => row.IsLatest),
            VersionKind.Published => rows.Where(row => row.IsPublished),
            VersionKind.LatestOrPublished => rows.Where(row => row.IsLatest || row.IsPublished),
            VersionKind.LatestAndPublished => rows.Where(row => row.IsLatest && row.IsPublished),
            VersionKind.Draft => rows.Where(row => row.IsLatest && !row.IsPublished),
            VersionKind.Specific => rows.Where(row => row.Version == versions.Version),
            _ => rows,
        };

    public static IQueryable<DefinitionRow> Matching(this IQueryable<DefinitionRow> rows, DefinitionFilter filter)
    {
        rows = rows.OfVersion(filter.Versions);
        if (filter.DefinitionIds is { } definitionIds)
        {
            rows = rows.Where(row => definitionIds.Contains(row.DefinitionId));
        }

        if (filter.VersionIds is { } versionIds)
        {
            rows = rows.Where(row => versionIds.Contains(row.Id));
        }

        if (filter.IsSystem is { } isSystem)
        {
            rows = rows.Where(row => row.IsSystem == isSystem);
        }

        return string.IsNullOrEmpty(filter.SearchTerm) ? rows : rows.Containing(filter.SearchTerm);
    }

    public static IQueryable<DefinitionRow> Sorted(this IQueryable<DefinitionRow> rows, DefinitionFilter filter) =>
        (filter.OrderBy, filter.Descending) switch
        {
            (DefinitionOrder.Name, false) => rows.OrderBy(row => row.Name).ThenBy(row => row.Id),
            (DefinitionOrder.Name, true) => rows.OrderByDescending(row => row.Name).ThenBy(row => row.Id),
            (DefinitionOrder.Version, false) => rows.OrderBy(row => row.Version).ThenBy(row => row.Id),
            (DefinitionOrder.Version, true) => rows.OrderByDescending(row => row.Version).ThenBy(row => row.Id),
            (_, false) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id),
            (_, true) => rows.OrderByDescending(row => row.CreatedAt).ThenBy(row => row.Id),
        };

    private static IQueryable<DefinitionRow> Containing(this IQueryable<DefinitionRow> rows, string term)
    {
        var pattern = $"%{term.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_")}%";
        return rows.Where(row =>
            EF.Functions.Like(row.Name!, pattern, "\\") || EF.Functions.Like(row.Description!, pattern, "\\")
            || EF.Functions.Like(row.DefinitionId, pattern, "\\") || EF.Functions.Like(row.Id, pattern, "\\"));
    }
}
