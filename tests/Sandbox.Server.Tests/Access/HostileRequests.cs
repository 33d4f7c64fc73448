using System.Net.Http.Headers;
using System.Text;

namespace Sandbox.Server.Tests.Access;

/// <summary>Makes requests that nobody should send: each must be refused. The same seed makes the same requests.</summary>
internal sealed class HostileRequests(int seed, IReadOnlyList<KnownRoute> routes)
{
    private static readonly string[] Ids =
    [
        "nobody", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f%2e%2e", "' OR 1=1 --", "%00", "%ff%fe", "a%0d%0aX: y", new string('x', 3000), "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
        "-1", "9999999999999999999", "{id}", "*", "<script>", "%25%25", "null", "%u0041", "%E2%80%AE",
    ];

    private static readonly string[] Queries =
    [
        "workflow-definitions?versionOptions=Bogus", "workflow-definitions?page=-1", "workflow-definitions?pageSize=99999999999",
        "workflow-definitions?skip=abc", "workflow-definitions?take=-5", "workflow-definitions?isSystem=maybe",
        "workflow-definitions?orderBy=nothing", "workflow-instances?page=1e9", "workflow-instances?pageSize=NaN",
        "workflow-instances?hasIncidents=perhaps", "workflow-instances?statuses=Dead", "workflow-instances?subStatus=7",
    ];

    private readonly Random _random = new(seed);
    private readonly KnownRoute[] _withId = [.. routes.Where(r => HasUnknownId(r))];
    private readonly KnownRoute[] _withBody = [.. routes.Where(r => r.Method is "POST" or "PUT" && ReadsBody(r.Pattern))];
    private readonly string[] _listed = ["/elsa/api/workflow-definitions", "/elsa/api/workflow-instances", "/api/runs"];

    public HttpRequestMessage Next() => _random.Next(5) switch
    {
        0 => UnknownId(),
        1 or 2 => BadBody(),
        3 => BadQuery(),
        _ => _random.Next(2) == 0 ? WrongMethod() : UnknownPath(),
    };

    // Pages lead into the shell whatever their id; an event that nobody waits for reaches nobody.
    private static bool HasUnknownId(KnownRoute route) =>
        route.Pattern.Contains('{', StringComparison.Ordinal)
        && (route.Pattern.StartsWith("/elsa/api", StringComparison.Ordinal) || route.Pattern.StartsWith("/api", StringComparison.Ordinal))
        && !route.Pattern.Contains("/events/", StringComparison.Ordinal)
        && !route.Pattern.EndsWith("/import", StringComparison.Ordinal);

    private static bool ReadsBody(string pattern) =>
        pattern is "/elsa/api/workflow-definitions" or "/elsa/api/workflow-instances" or "/elsa/api/workflow-definitions/import"
            or "/elsa/api/activity-executions/report" or "/elsa/api/alterations/workflows/retry"
        || pattern.StartsWith("/elsa/api/bulk-actions/", StringComparison.Ordinal);

    private HttpRequestMessage UnknownId()
    {
        var route = Pick(_withId);
        var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Path(name => name == "version" ? "7" : Pick(Ids)));
        if (route.Method is "POST" or "PUT")
        {
            request.Content = Content(Encoding.UTF8.GetBytes("{}"));
        }

        return request;
    }

    private HttpRequestMessage BadBody()
    {
        var route = Pick(_withBody);
        return new HttpRequestMessage(new HttpMethod(route.Method), route.Path(_ => "nobody")) { Content = Content(Body()) };
    }

    private HttpRequestMessage BadQuery() => new(HttpMethod.Get, $"/elsa/api/{Pick(Queries)}&searchTerm={Pick(Ids)}");

    private HttpRequestMessage WrongMethod() => new(new HttpMethod(Pick(["PATCH", "TRACE", "PROPFIND"])), Pick(_listed));

    private HttpRequestMessage UnknownPath() => new(Pick([HttpMethod.Get, HttpMethod.Post]), $"/{Pick(["elsa/api", "api", "studio", "charts", "elsa"])}/no-such/{Pick(Ids)}");

    private byte[] Body() => _random.Next(14) switch
    {
        0 => "{"u8.ToArray(),
        1 => "[]"u8.ToArray(),
        2 => "null"u8.ToArray(),
        3 => "\"text\""u8.ToArray(),
        4 => Encoding.UTF8.GetBytes(new string('[', 10_000)),
        5 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 5_000))),
        6 => [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
        7 => Encoding.UTF8.GetBytes("{\"model\": {\"name\": \"\\ud800\"}, \"ids\": [\"\\udfff\"]}"),
        8 => Encoding.UTF8.GetBytes("{\"ids\": 1, \"ids\": 2}"),
        9 => Encoding.UTF8.GetBytes("{\"model\": 5, \"ids\": {}, \"definitionIds\": {}, \"pageSize\": \"many\", \"workflowInstanceId\": [], \"workflowInstanceIds\": 1, \"root\": 7}"),
        10 => Encoding.UTF8.GetBytes("{\"model\": {\"root\": [], \"variables\": 7}, \"publish\": \"yes\", \"ids\": [1, null], \"definitionIds\": [[]], \"statuses\": [\"Dead\"], \"workflowInstanceId\": {}, \"workflowInstanceIds\": [{}], \"variables\": {}}"),
        11 => Noise(),
        12 => Encoding.UTF8.GetBytes("{\"model\": {\"root\": {\"id\": {}, \"type\": 4}}, \"ids\": \"all\", \"definitionIds\": \"all\", \"page\": 1.5, \"workflowInstanceId\": true, \"workflowInstanceIds\": \"all\"}"),
        _ => "{\"a\":NaN}"u8.ToArray(),
    };

    private byte[] Noise()
    {
        var bytes = new byte[_random.Next(1, 2_000)];
        _random.NextBytes(bytes);
        bytes[0] = 0x80;
        return bytes;
    }

    private ByteArrayContent Content(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Pick(["application/json", "text/plain", "application/xml", "application/json; charset=utf-16"]));
        return content;
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}
