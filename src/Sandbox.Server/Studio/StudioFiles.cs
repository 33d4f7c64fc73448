using System.Reflection;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Sandbox.Server.Http;

namespace Sandbox.Server.Studio;

/// <summary>Elsa Studio's npm package, unmodified, below <c>/studio</c>; its files lie there compressed as well and are sent so.
/// The page that holds its elements is the server's own.</summary>
internal sealed class StudioFiles
{
    private const string Frame = "studio/frame.html";
    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    private readonly FileExtensionContentTypeProvider _types = new();
    private readonly PhysicalFileProvider? _package;
    private readonly IFileProvider _own;
    private readonly PhysicalFileProvider? _charts;

    public StudioFiles(IWebHostEnvironment environment, ILogger<StudioFiles> logger)
    {
        _types.Mappings[".dat"] = "application/octet-stream";
        _types.Mappings[".blat"] = "application/octet-stream";
        _own = environment.WebRootFileProvider;
        var packages = PackagesDirectory();
        _package = Open(Path.Combine(packages, "@elsa-workflows", "elsa-studio-wasm"));
        _charts = Open(Path.Combine(packages, "echarts", "dist"));
        if (_package is null)
        {
            ServerLog.NoStudio(logger, packages);
        }
    }

    /// <summary>Whether the package is there.</summary>
    public bool IsInstalled => _package is not null;

    /// <summary>Where npm's packages lie: beside a published server, else where the build put them.</summary>
    public static string PackagesDirectory()
    {
        var published = Path.Combine(AppContext.BaseDirectory, "node_modules");
        return Directory.Exists(published)
            ? published
            : typeof(StudioFiles).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "NpmPackages").Value!;
    }

    /// <summary>The page that holds Studio's elements.</summary>
    public IResult Page(HttpContext http) => Send(http, _own, Frame, "text/html; charset=utf-8");

    /// <summary>A file of the package.</summary>
    public IResult File(HttpContext http, string path) => _package is null
        ? throw new ProblemException(404, "Elsa Studio is not installed. Run: npm install --prefix src/Sandbox.Server")
        : Send(http, _package, path);

    /// <summary>A file of the charts' package.</summary>
    public IResult Charts(HttpContext http, string path) => _charts is null
        ? throw new ProblemException(404, "The charts are not installed. Run: npm install --prefix src/Sandbox.Server")
        : Send(http, _charts, path);

    private static PhysicalFileProvider? Open(string directory) => Directory.Exists(directory) ? new PhysicalFileProvider(directory) : null;

    private IResult Send(HttpContext http, IFileProvider files, string path, string? type = null)
    {
        // A provider never leaves its root, whatever the path says.
        var file = path.Contains('\0') ? new NotFoundFileInfo(path) : files.GetFileInfo(path);
        if (!file.Exists || file.IsDirectory || file.PhysicalPath is null)
        {
            throw ProblemException.NotFound("file", path);
        }

        type ??= _types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.Headers.CacheControl = IsFingerprinted(path) ? "public, max-age=31536000, immutable" : "no-cache";
        var sent = Compressed(http, files, path) ?? file;
        var tag = FormattableString.Invariant($"\"{sent.LastModified.UtcTicks:x}-{sent.Length:x}\"");
        return Results.File(sent.PhysicalPath!, type, lastModified: sent.LastModified, entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue(tag));
    }

    private static IFileInfo? Compressed(HttpContext http, IFileProvider files, string path)
    {
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        foreach (var (encoding, extension) in Encodings)
        {
            if (accepted.Contains(encoding, StringComparison.OrdinalIgnoreCase)
                && files.GetFileInfo(path + extension) is { Exists: true, PhysicalPath: not null } compressed)
            {
                http.Response.Headers.ContentEncoding = encoding;
                return compressed;
            }
        }

        return null;
    }

    // Name, ten characters of hash, extension: such a file never changes.
    private static bool IsFingerprinted(string path) =>
        path.StartsWith("_framework/", StringComparison.Ordinal) && path.Split('/')[^1].Split('.') is { Length: >= 3 } parts && parts[^2].Length == 10;
}
