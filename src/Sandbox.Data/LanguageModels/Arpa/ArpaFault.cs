using Sandbox.Core.Faults;

namespace Sandbox.Data.LanguageModels.Arpa;

/// <summary>An ARPA file that cannot be read. The message says where.</summary>
internal static class ArpaFault
{
    public static JobFailedException At(string name, long line, string problem) =>
        new(FormattableString.Invariant($"{name}:{line}: {problem}"));
}
