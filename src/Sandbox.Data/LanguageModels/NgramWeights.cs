namespace Sandbox.Data.LanguageModels;

/// <summary>The weights of the n-grams of one length by their number, as 32-bit numbers like KenLM's.</summary>
internal sealed class NgramWeights(int expected)
{
    private float[] _probabilities = Filled(Math.Max(expected, 16));
    private float[] _backoffs = new float[Math.Max(expected, 16)];

    public bool Has(int number) => !float.IsNaN(Probability(number));

    /// <summary>The log10 probability, or NaN for an n-gram that only stands as a context.</summary>
    public float Probability(int number) => number < _probabilities.Length ? _probabilities[number] : float.NaN;

    /// <summary>The log10 backoff weight, 0 where there is none.</summary>
    public float Backoff(int number) => number < _backoffs.Length ? _backoffs[number] : 0;

    /// <summary>Sets both; false where they were set before.</summary>
    public bool Set(int number, float probability, float backoff)
    {
        if (number >= _probabilities.Length)
        {
            Grow(number);
        }
        else if (Has(number))
        {
            return false;
        }

        (_probabilities[number], _backoffs[number]) = (probability, backoff);
        return true;
    }

    private static float[] Filled(int length)
    {
        var array = new float[length];
        Array.Fill(array, float.NaN);
        return array;
    }

    private void Grow(int number)
    {
        var before = _probabilities.Length;
        var length = Math.Max(number + 1, checked(before * 2));
        Array.Resize(ref _probabilities, length);
        Array.Fill(_probabilities, float.NaN, before, length - before);
        Array.Resize(ref _backoffs, length);
    }
}
