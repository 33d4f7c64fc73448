using Sandbox.Components.Tests.Testing;

namespace Sandbox.Components.Tests.Programs;

/// <summary>Programs in the place of those that cannot be had here. They take the real command lines, write them down, print
/// lines as the real ones do, and write the files that those write.</summary>
internal static class StandInSite
{
    private const string InternVl = """
        import os, sys
        arguments = sys.argv[1:]
        value = lambda name: arguments[arguments.index(name) + 1]
        output, meta = value("--output_dir"), value("--meta_path")
        assert os.path.exists(meta) and "--nproc_per_node=2" in arguments and value("--conv_style") == "Hermes-2"
        print("run_name=/x/" + os.path.basename(output) + ",")
        print("{'loss': 2.055, 'learning_rate': 3.0000000000000004e-05, 'epoch': 0.5}")
        print("{'loss': 1.5, 'learning_rate': 1e-05, 'epoch': 1.0}")
        open(os.path.join(output, "model.safetensors"), "w").write(" ".join(arguments))
        """;

    /// <summary>InternVL's directory with a stand-in for torchrun, which Python runs, and for evaluate.sh.</summary>
    public static string InternVlHome(JobBench bench)
    {
        bench.Write("internvl/requirements.txt", "");
        bench.Write("internvl/torchrun.py", InternVl);
        Executable(bench, "internvl/bin/torchrun", $"#!/bin/sh\nexec python3 {bench.Root}/internvl/torchrun.py \"$@\"\n");
        bench.Write("internvl/internvl_chat/evaluate.sh", """
            echo "$GPUS $*" > evaluated.txt
            test -f "$1/model.safetensors" || exit 3
            i=0
            for figure in Bleu_1 Bleu_2 Bleu_3 Bleu_4 METEOR ROUGE_L CIDEr; do i=$((i+1)); echo "$figure: 0.$i"; done
            """.ReplaceLineEndings("\n"));
        return "internvl";
    }

    /// <summary>EasyAnimate's directory.</summary>
    public static void EasyAnimate(JobBench bench)
    {
        bench.Write("thirdparty/models/setup_easyanimate.sh", "echo set up > set-up.txt\n");
        bench.Write("thirdparty/models/EasyAnimate/install.py", "open('installed.txt', 'w').write('x')\n");
        bench.Write("thirdparty/models/EasyAnimate/train_lora.sh", """
            for a in "$@"; do echo "$a"; done > train-arguments.txt
            test -f "$4" || exit 4
            echo "Steps: 100%|##########| 2/2 [00:01<00:00, lr=1e-4, step_loss=0.25]"
            echo weights > "${12}/checkpoint-1.safetensors"
            """.ReplaceLineEndings("\n"));
        bench.Write("thirdparty/models/EasyAnimate/infer_lora.sh", """
            for a in "$@"; do echo "$a"; done > infer-arguments.txt
            echo video > "${11}/a cat-0.mp4"
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>A program that can be started by its name in a directory of the site.</summary>
    public static void Executable(JobBench bench, string name, string text)
    {
        bench.Write(name, text.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(bench.Root, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
