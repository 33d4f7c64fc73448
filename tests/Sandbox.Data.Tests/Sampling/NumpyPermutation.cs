using Sandbox.Data.Sampling;

namespace Sandbox.Data.Tests.Sampling;

public sealed class NumpyPermutation
{
    [Fact]
    public void Seed_42_shuffles_as_numpy_does() => new NumpyRandom(42).Permutation(10).ShouldBe([5, 6, 0, 7, 3, 2, 4, 9, 1, 8]);

    [Fact]
    public void Seed_42_draws_the_first_number_that_numpy_draws() => new NumpyRandom(42).NextDouble().ShouldBe(0.7739560485559633);
}
