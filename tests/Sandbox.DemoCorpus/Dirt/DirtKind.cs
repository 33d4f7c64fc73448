using Sandbox.DemoCorpus.Chance;
using Sandbox.DemoCorpus.Source;

namespace Sandbox.DemoCorpus.Dirt;

/// <summary>One way in which a corpus gets dirty.</summary>
/// <param name="Name">As <c>meta.dirt</c> records it.</param>
/// <param name="Share">Its share of the rows of a training split; the count of a seed lies up to 15 % around it.</param>
/// <param name="Make">Makes one dirty row.</param>
internal sealed record DirtKind(string Name, double Share, Func<Material, ChanceStream, DirtyText> Make);

/// <summary>A dirty text.</summary>
/// <param name="Text">The text.</param>
/// <param name="Note">What was done to it.</param>
/// <param name="Origin">The document that it was made of, or null.</param>
internal sealed record DirtyText(string Text, string Note, Document? Origin = null);

/// <summary>What dirt is made of.</summary>
/// <param name="Fresh">Gives a genuine document that no other row of the split has used.</param>
/// <param name="Clean">The documents that stand clean in the split, which duplicates copy.</param>
/// <param name="Declarations">Texts in other languages.</param>
internal sealed record Material(Func<Document> Fresh, IReadOnlyList<Document> Clean, IReadOnlyList<Declaration> Declarations);
