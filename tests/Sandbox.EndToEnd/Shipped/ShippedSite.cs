using Sandbox.EndToEnd.Commands;
using Sandbox.Testing;

namespace Sandbox.EndToEnd.Shipped;

/// <summary>A site as upstream's shipped configs want it: their files, their data, and programs in the place of those that
/// cannot be had here. These take the true command lines, refuse others, write the true files and print the true lines.</summary>
internal sealed class ShippedSite : IDisposable
{
    public const string Recipes = "configs/data_juicer_recipes/sandbox";
    private static readonly string Here = Path.Combine(Reference.Repository, "tests", "Sandbox.EndToEnd", "Shipped");

    public ShippedSite()
    {
        Site = new Site();
        var upstream = Environment.GetEnvironmentVariable("SANDBOX_UPSTREAM");
        var configs = string.IsNullOrEmpty(upstream) ? Path.Combine(Here, "configs") : Path.Combine(upstream, "configs");
        Copy(configs, "configs", Filled);
        Copy(Path.Combine(Here, "programs"), "programs", text => text);
        Copy(Path.Combine(Here, "programs", "tools"), "tools", text => text);
        Site.Write("tools/mm_eval/vbench_metrics/VBench_mini_info.json", "[]");
        Copy(Path.Combine(Here, "programs", "models"), "thirdparty/models", text => text);
        Directory.CreateDirectory(Site["calls"]);
        Directory.CreateDirectory(Site["conda"]);
        Site.Set("SITE", Site.Root);
        Site.Set("PROGRAMS", Site["programs"]);
        Site.Set("PATH", $"{Site["programs/commands"]}:{Environment.GetEnvironmentVariable("PATH")}");
        Site.Set("PYTHONPATH", Site["programs/python"]);
        Site.Set("XDG_DATA_HOME", Site["data-home"]);
    }

    public Site Site { get; }

    /// <summary>The calls of a program, one a line.</summary>
    public string[] Calls(string program) => Site.ReadLines($"calls/{program}");

    /// <summary>InternVL's directory with the pictures' captions and the models to start from.</summary>
    public void LayInternVl()
    {
        Copy(Path.Combine(Here, "programs", "internvl_chat"), "internvl/internvl_chat", text => text);
        Site.Write("internvl/requirements.txt", "torch\n");
        Site.Write("internvl/internvl_chat/internvl/train/internvl_chat_finetune.py", string.Empty);
        Site.Write(
            "internvl/internvl_chat/data/coco/annotations/coco_karpathy_train_567k.jsonl",
            Enumerable.Range(0, 12).Select(i => $$"""{"image": "coco/train2014/{{i}}.jpg", "conversations": [{"from": "human", "value": "<image> Describe it."}, {"from": "gpt", "value": "A cat number {{i}} on a mat."} ]}"""));
    }

    public void Dispose() => Site.Dispose();

    private string Filled(string text) => text.Replace("<internvl_home>", Site["internvl"], StringComparison.Ordinal);

    private void Copy(string from, string to, Func<string, string> change)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.Combine(to, Path.GetRelativePath(from, file));
            Site.Write(relative, change(File.ReadAllText(file)));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Site[relative], File.GetUnixFileMode(file));
            }
        }
    }
}
