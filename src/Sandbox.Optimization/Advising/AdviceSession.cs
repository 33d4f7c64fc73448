using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Optimization.Studies;

namespace Sandbox.Optimization.Advising;

/// <summary>A sweep for somebody else's program, a JSON object a line: <c>{"ask": 1}</c>, <c>{"report": 0, "step": 3, "value":
/// 0.4}</c>, <c>{"tell": 0, "value": 0.3, "state": "finished"}</c>. A line that is wrong changes nothing.</summary>
/// <param name="study">The sweep.</param>
public sealed class AdviceSession(Study study)
{
    private const int MostAtOnce = 10_000;

    /// <summary>The answer to a line: one line, or several where several trials are asked for.</summary>
    public IEnumerable<string> Answer(string line)
    {
        try
        {
            var request = new AdviceRequest(line);
            return (request.Kind switch
            {
                "ask" => Ask(request),
                "report" => [Report(request)],
                _ => [Tell(request)],
            }).Select(a => a.ToJsonString(AdviceRequest.Json));
        }
        catch (Exception e) when (e is StudyException or JsonException)
        {
            var message = e is JsonException ? $"the line is no JSON object: {e.Message.Split(". ", 2)[0]}." : e.Message;
            return [new JsonObject { ["error"] = message }.ToJsonString(AdviceRequest.Json)];
        }
    }

    private List<JsonObject> Ask(AdviceRequest request)
    {
        request.Allow("ask");
        var count = request.Whole("ask", 1, MostAtOnce);
        var answers = new List<JsonObject>();
        while (answers.Count < count)
        {
            if (study.Ask() is not { } trial)
            {
                answers.Add(new JsonObject { ["done"] = true });
                break;
            }

            answers.Add(new JsonObject { ["trial"] = trial.Number, ["parameters"] = trial.Parameters.DeepClone() });
        }

        return answers;
    }

    private JsonObject Report(AdviceRequest request)
    {
        request.Allow("report", "step", "value");
        if (study.Config.Metrics.Count > 1)
        {
            throw new StudyException("a sweep with several metrics takes no reports: tell the values at the end.");
        }

        var report = new TrialReport(request.Whole("step", 0, long.MaxValue), request.Number("value"));
        return new JsonObject { ["stop"] = study.Report((int)request.Whole("report", 0, int.MaxValue), report) };
    }

    private JsonObject Tell(AdviceRequest request)
    {
        request.Allow("tell", "value", "values", "state");
        study.Tell((int)request.Whole("tell", 0, int.MaxValue), request.State(), request.Values(study.Config.Metrics));
        return study.Config.Metrics.Count > 1
            ? new JsonObject { ["front"] = new JsonArray([.. study.Front.Select(n => (JsonNode)n)]) }
            : new JsonObject { ["best"] = study.Best };
    }
}
