namespace Sandbox.Server.Access;

/// <summary>Headers that keep browsers from doing more with an answer than it is for.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Own =
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; "
        + "frame-ancestors 'self'; form-action 'self'";

    // Studio is WebAssembly, and its editor of code compiles and styles as it goes.
    private const string Studio =
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' 'unsafe-inline' blob:; worker-src 'self' blob:; connect-src 'self' ws: wss:; "
        + "img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "SAMEORIGIN";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.ContentSecurityPolicy = http.Request.Path.StartsWithSegments("/studio", StringComparison.OrdinalIgnoreCase) ? Studio : Own;
        return next(http);
    }
}
