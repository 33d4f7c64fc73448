using System.Globalization;
using Sandbox.Engine.Persistence;

namespace Sandbox.Server.Http;

/// <summary>Reads the query of a request; names in any casing, empty values are absent.</summary>
internal static class QueryFields
{
    /// <summary>Rows that a page may have.</summary>
    public const int MostRows = 10_000;

    public static string? Text(this HttpRequest request, string name) =>
        request.Query[name].FirstOrDefault(v => !string.IsNullOrEmpty(v));

    public static IReadOnlyList<string>? Texts(this HttpRequest request, string name)
    {
        string[] values = [.. request.Query[name].Where(v => !string.IsNullOrEmpty(v)).Select(v => v!)];
        return values.Length == 0 ? null : values;
    }

    public static bool? Flag(this HttpRequest request, string name) => request.Text(name) switch
    {
        null => null,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw ProblemException.Bad($"{name} is \"{text}\"; it must be true or false."),
    };

    public static int? Whole(this HttpRequest request, string name, int least = 0, int most = int.MaxValue)
    {
        if (request.Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw ProblemException.Bad(
                string.Create(CultureInfo.InvariantCulture, $"{name} is \"{text}\"; it must be a whole number from {least} to {most}."));
    }

    public static VersionOptions Versions(this HttpRequest request, VersionOptions fallback)
    {
        if (request.Query["versionOptions"].FirstOrDefault() is not { } text)
        {
            return fallback;
        }

        return VersionOptions.TryParse(text, out var versions)
            ? versions
            : throw ProblemException.Bad($"versionOptions is \"{text}\"; it must be Latest, Published, LatestOrPublished, LatestAndPublished, Draft, All or a number.");
    }

    /// <summary>The part of a list that is asked for: <c>page</c> (from 0) and <c>pageSize</c>, or <c>skip</c> and <c>take</c>.</summary>
    public static (int Skip, int Take) Page(this HttpRequest request)
    {
        var take = request.Whole("take", 0, MostRows) ?? request.Whole("pageSize", 0, MostRows) ?? MostRows;
        var skip = request.Whole("skip") ?? Skip(request.Whole("page"), take);
        return (skip, take);
    }

    public static int Skip(int? page, int size) => (int)Math.Min((long)(page ?? 0) * size, int.MaxValue);
}
