using Sandbox.Server.Access;
using Sandbox.Server.Http;

namespace Sandbox.Server.Studio;

/// <summary>Serves the pages: the shell with its files, Studio, and the charts. Nothing of them comes from elsewhere.</summary>
internal static class StudioEndpoints
{
    /// <summary>The shell's pages; each leads into the same document, which then shows the page.</summary>
    private static readonly string[] Pages =
    [
        "/", "/definitions", "/definitions/{id}", "/instances", "/instances/{id}", "/runs", "/runs/{id}", "/compare", "/data",
        "/environments", "/settings",
    ];

    public static void AddStudio(this IServiceCollection services) => services.AddSingleton<StudioFiles>();

    public static void MapStudio(this WebApplication app)
    {
        app.Services.GetRequiredService<StudioFiles>();
        foreach (var page in Pages)
        {
            app.MapGet(page, (HttpContext http) => Own(http, "index.html")).AsksNothing().ExcludeFromDescription();
        }

        app.MapGet("/shell/{**path}", (string path, HttpContext http) => Own(http, $"shell/{path}")).AsksNothing().ExcludeFromDescription();
        app.MapGet("/favicon.ico", () => Results.NoContent()).AsksNothing().ExcludeFromDescription();
        app.MapGet("/studio", (HttpContext http, StudioFiles files) => files.Page(http)).AsksNothing().ExcludeFromDescription();
        app.MapGet("/studio/frame.js", (HttpContext http) => Own(http, "studio/frame.js")).AsksNothing().ExcludeFromDescription();
        app.MapGet("/studio/frame.css", (HttpContext http) => Own(http, "studio/frame.css")).AsksNothing().ExcludeFromDescription();
        app.MapGet("/studio/{**path}", (HttpContext http, StudioFiles files, string path) => files.File(http, path)).AsksNothing().ExcludeFromDescription();
        app.MapGet("/charts/{**path}", (HttpContext http, StudioFiles files, string path) => files.Charts(http, path)).AsksNothing().ExcludeFromDescription();
    }

    private static IResult Own(HttpContext http, string path)
    {
        var files = http.RequestServices.GetRequiredService<IWebHostEnvironment>().WebRootFileProvider;
        var file = path.Contains('\0') ? null : files.GetFileInfo(path);
        if (file is not { Exists: true, IsDirectory: false, PhysicalPath: { } physical })
        {
            throw ProblemException.NotFound("file", path);
        }

        http.Response.Headers.CacheControl = "no-cache";
        var type = Path.GetExtension(path) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "application/octet-stream",
        };
        var tag = FormattableString.Invariant($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
        return Results.File(physical, type, lastModified: file.LastModified, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue(tag));
    }
}
