using Sandbox.Benchmarks;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
var arguments = new Arguments(args);
return arguments.Verb == "soak"
    ? await Soak.RunAsync(arguments, stop.Token)
    : await Benchmarks.RunAsync(arguments, stop.Token);
