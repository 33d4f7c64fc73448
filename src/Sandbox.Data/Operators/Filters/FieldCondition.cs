using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Data.Rows;

namespace Sandbox.Data.Operators.Filters;

/// <summary>
/// A condition on fields in a small part of Python: <c>and</c>, <c>or</c>, parentheses, chained comparisons, names,
/// dotted access, literals. A comparison with null is false, also <c>!=</c>.
/// </summary>
internal sealed class FieldCondition
{
    private static readonly string[] Comparisons = ["<=", ">=", "==", "!=", "<", ">"];
    private readonly Func<Row, JsonNode?> _evaluate;

    private FieldCondition(Func<Row, JsonNode?> evaluate) => _evaluate = evaluate;

    /// <summary>The condition; null where the text is empty.</summary>
    /// <exception cref="FormatException">It is no condition.</exception>
    public static FieldCondition? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (char.IsWhiteSpace(text[0]))
        {
            throw new FormatException("it must not begin with a blank.");
        }

        var tokens = new Tokens(FieldConditionTokens.Read(text));
        var evaluate = Or(tokens);
        return tokens.Current is null ? new FieldCondition(evaluate) : throw new FormatException($"\"{tokens.Current}\" is not expected.");
    }

    public JsonNode? Evaluate(Row row) => _evaluate(row);

    private static Func<Row, JsonNode?> Or(Tokens tokens) => Chain(tokens, "or", And, (parts, row) => parts.Any(p => PythonValue.IsTrue(p(row))));

    private static Func<Row, JsonNode?> And(Tokens tokens) => Chain(tokens, "and", Comparison, (parts, row) => parts.All(p => PythonValue.IsTrue(p(row))));

    private static Func<Row, JsonNode?> Chain(
        Tokens tokens, string word, Func<Tokens, Func<Row, JsonNode?>> part, Func<List<Func<Row, JsonNode?>>, Row, bool> join)
    {
        var parts = new List<Func<Row, JsonNode?>> { part(tokens) };
        while (tokens.Take(word))
        {
            parts.Add(part(tokens));
        }

        return parts.Count == 1 ? parts[0] : row => JsonValue.Create(join(parts, row));
    }

    private static Func<Row, JsonNode?> Comparison(Tokens tokens)
    {
        var operands = new List<Func<Row, JsonNode?>> { Operand(tokens) };
        var signs = new List<string>();
        while (tokens.Current is { } sign && Comparisons.Contains(sign, StringComparer.Ordinal))
        {
            signs.Add(tokens.Next());
            operands.Add(Operand(tokens));
        }

        return signs.Count == 0 ? operands[0] : row => JsonValue.Create(Holds(operands, signs, row));
    }

    private static bool Holds(List<Func<Row, JsonNode?>> operands, List<string> signs, Row row)
    {
        var left = operands[0](row);
        for (var i = 0; i < signs.Count; i++)
        {
            var right = operands[i + 1](row);
            if (!Compare(left, signs[i], right))
            {
                return false;
            }

            left = right;
        }

        return true;
    }

    private static bool Compare(JsonNode? left, string sign, JsonNode? right)
    {
        if (left is null || right is null)
        {
            return false;
        }

        if (sign is "==" or "!=")
        {
            return PythonValue.AreEqual(left, right) == (sign == "==");
        }

        var order = Order(left, right, sign);
        return sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    private static int Order(JsonNode left, JsonNode right, string sign)
    {
        if (PythonValue.Number(left) is { } x && PythonValue.Number(right) is { } y)
        {
            return x.CompareTo(y);
        }

        return left.GetValueKind() == JsonValueKind.String && right.GetValueKind() == JsonValueKind.String
            ? Text.PythonText.CompareCodePoints(left.GetValue<string>(), right.GetValue<string>())
            : throw new OperatorException($"{left.ToJsonString()} {sign} {right.ToJsonString()} cannot be compared: one is a number, the other is not");
    }

    private static Func<Row, JsonNode?> Operand(Tokens tokens)
    {
        if (tokens.Take("("))
        {
            var inner = Or(tokens);
            return tokens.Take(")") ? inner : throw new FormatException("a closing parenthesis is missing.");
        }

        var token = tokens.Next();
        return token switch
        {
            "True" => _ => JsonValue.Create(true),
            "False" => _ => JsonValue.Create(false),
            "None" => _ => null,
            _ when token[0] is '\'' or '"' => Constant(JsonValue.Create(token[1..])),
            _ when char.IsAsciiDigit(token[0]) || token[0] == '.' => Constant(Literal(token)),
            _ when char.IsLetter(token[0]) || token[0] == '_' => row => row.TryWalk(token, out var value) ? value : null,
            _ => throw new FormatException($"\"{token}\" is not expected; there are and, or, comparisons, parentheses, field names and literals."),
        };
    }

    private static Func<Row, JsonNode?> Constant(JsonNode? value) => _ => value;

    private static JsonNode Literal(string token) =>
        double.TryParse(token.Replace("_", string.Empty, StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? JsonValue.Create(number)
            : throw new FormatException($"\"{token}\" is no number.");

    private sealed class Tokens(IReadOnlyList<string> tokens)
    {
        private int _at;

        public string? Current => _at < tokens.Count ? tokens[_at] : null;

        public bool Take(string token)
        {
            var matches = Current == token;
            _at += matches ? 1 : 0;
            return matches;
        }

        public string Next() => _at < tokens.Count ? tokens[_at++] : throw new FormatException("it ends too early.");
    }
}
