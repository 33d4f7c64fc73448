namespace Sandbox.Engine.Definitions.Validation;

/// <summary>Variables of a workflow or container.</summary>
internal static class VariableRules
{
    public static void Check(ActivityNode? owner, string ownerLabel, IReadOnlyList<Variable> variables, Findings findings)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            var label = $"variable \"{(variable.Name.Length > 0 ? variable.Name : variable.Id)}\"";
            if (variable.Name.Length == 0)
            {
                findings.Error(owner, $"{Prefix(owner, ownerLabel)}the {label} has no name.");
            }

            if (!ids.Add(variable.Id))
            {
                findings.Error(owner, $"{Prefix(owner, ownerLabel)}two variables have the id \"{variable.Id}\".");
            }

            if (!TypeAliases.IsKnown(variable.TypeName))
            {
                findings.Error(
                    owner,
                    $"{Prefix(owner, ownerLabel)}the {label} has the unknown type \"{variable.TypeName}\"; Elsa drops such a variable."
                    + Nearest.Hint(variable.TypeName, TypeAliases.Names));
            }
        }
    }

    private static string Prefix(ActivityNode? owner, string ownerLabel) => owner is null ? $"{ownerLabel}: " : string.Empty;
}
