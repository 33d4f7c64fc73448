namespace Sandbox.Core.Failures;

/// <summary>The failures that are known. The first three are the questions and answers of DJ-Sandbox's documentation.
/// More particular ones stand before more general ones.</summary>
internal static class FailureRules
{
    /// <summary>All rules.</summary>
    public static IReadOnlyList<FailureRule> All { get; } =
    [
        .. Upstream(), .. Memory(), .. Cuda(), .. Modules(), .. Files(), .. Network(), .. Programs(), .. FastText(),
    ];

    private static FailureRule[] Upstream() =>
    [
        new("CUDA Setup failed despite GPU being available",
            "bitsandbytes, PyTorch and CUDA do not fit together; \"python -m bitsandbytes\" says where. Take the version limit of "
            + "bitsandbytes out of the requirements and install it anew (for InternVL: requirements/internvl_chat.txt). Where that does not help, "
            + "install the PyTorch that was built for the CUDA version of the GPU, until that command ends with SUCCESS; then install flash-attn anew.",
            anywhere: true),
        new(@"It is illegal to call Engine\.step\(\) inside no_sync context manager",
            "Install deepspeed 0.15.4 in the environment, and take the version limit of deepspeed out of the requirements "
            + "(for InternVL: requirements/internvl_chat.txt and pyproject.toml).",
            anywhere: true),
        new("java: not found|java: command not found|[jJ]ava not found|No such file or directory: 'java'",
            "Install Java (Debian: default-jre-headless, conda: openjdk) and see that it is in the PATH of the environment; "
            + "the caption metrics of InternVL's evaluation need it.",
            anywhere: true),
    ];

    private static FailureRule[] Memory() =>
    [
        new("CUDA out of memory|OutOfMemoryError: CUDA|CUDA error: out of memory|CUBLAS_STATUS_ALLOC_FAILED",
            "The GPU's memory is full. Make the batch smaller (and gradient accumulation larger), shorten the sequences or use more GPUs; "
            + "see with nvidia-smi whether another program holds memory.",
            anywhere: true),
        new("DefaultCPUAllocator: can't allocate memory|^MemoryError|Cannot allocate memory|std::bad_alloc",
            "The machine's memory was not enough for what was asked. Load less at once, use fewer workers, or give the job more (limits: {memory: …})."),
        new("[Bb]us error|insufficient shared memory|unable to open shared memory",
            "Shared memory (/dev/shm) is full: make it larger (docker: --shm-size), or use fewer data-loading workers.", anywhere: true),
        new("DataLoader worker .* is killed by signal: Killed",
            "A data-loading worker was killed, probably for want of memory: use fewer workers or smaller batches.", anywhere: true),
    ];

    private static FailureRule[] Cuda() =>
    [
        new("Torch not compiled with CUDA enabled", "This PyTorch was built without CUDA. Install a build with CUDA in the environment, or run on the CPU."),
        new("No CUDA GPUs are available|Found no NVIDIA driver|no CUDA-capable device",
            "No GPU can be seen. Look at nvidia-smi and at CUDA_VISIBLE_DEVICES; in a container, pass the GPUs in.", anywhere: true),
        new("NVIDIA driver on your system is too old|driver version is insufficient",
            "The driver is older than this PyTorch needs: update it, or install a PyTorch for an older CUDA.", anywhere: true),
        new("no kernel image is available", "This build knows no such GPU: install a PyTorch that was built for its compute capability.", anywhere: true),
        new("device-side assert triggered",
            "A kernel met a value out of range, often a label or token id beyond the model's size. Run once with CUDA_LAUNCH_BLOCKING=1 to see where.", anywhere: true),
        new("NCCL error|ncclSystemError|ncclInternalError|NCCL timeout|Watchdog caught collective operation timeout",
            "The processes could not talk to each other. Run once with NCCL_DEBUG=INFO; look for a worker that died first and at NCCL_SOCKET_IFNAME.", anywhere: true),
        new("shapes cannot be multiplied|size mismatch for|must match the size of tensor",
            "The sizes of model and data do not fit: look at the model's config, the checkpoint and the shape of a batch."),
    ];

    private static FailureRule[] Modules() =>
    [
        new(@"No module named '([^']+)'",
            "The module {1} is missing. Install its package in the environment of the job (requirements), or name the environment that has it (env_name)."),
        new("cannot import name '([^']+)' from '([^']+)'",
            "The package that is installed has no {1}: its version does not fit the program. Install the version that the program asks for."),
        new("FlashAttention2 has been toggled on|flash_attn seems to be not installed",
            "Install flash-attn in the environment (it is built against the PyTorch that is there: --no-build-isolation), or turn it off in the model's config.", anywhere: true),
        new("undefined symbol:|GLIBCXX_[0-9.]+' not found|GLIBC_[0-9.]+' not found",
            "A compiled module does not fit the libraries beside it: install it anew in this environment.", anywhere: true),
        new("^(SyntaxError|IndentationError|TabError)", "The script is not valid for this version of Python: mend it, or run it with the version that it was written for."),
    ];

    private static FailureRule[] Files() =>
    [
        new("No space left on device|Disk quota exceeded", "Make room where the job writes, or let it write elsewhere.", anywhere: true),
        new("can't open file '([^']+)'", "There is no script {1}: mend the path in the command, or its working directory."),
        new(@"No such file or directory: '([^']+)'|cannot stat '([^']+)'", "The file {1} does not exist: mend the path, or let an earlier job write it. Relative paths mean the job's working directory."),
        new("[Pp]ermission denied", "The user that runs the job may not read, write or execute that: change its permissions."),
        new("Too many open files", "Raise the limit of open files (ulimit -n), or use fewer data-loading workers.", anywhere: true),
        new("Broken ?[Pp]ipe", "Whoever read the program's output ended first. Where the command is a shell's pipeline, look at its later parts."),
    ];

    private static FailureRule[] Network() =>
    [
        new("couldn't connect to 'https://huggingface.co'|OfflineModeIsEnabled|LocalEntryNotFoundError|Temporary failure in name resolution|NameResolutionError|Max retries exceeded with url",
            "A model or data set was to be fetched and the network did not answer. Fetch it before and name its path, or mend the network; HF_HUB_OFFLINE=1 uses only what is in the cache.",
            anywhere: true),
        new("Cannot access gated repo|401 Client Error|403 Client Error|GatedRepoError",
            "The repository needs an account that may read it: accept its terms and set HF_TOKEN in the environment.", anywhere: true),
        new("[Aa]ddress already in use|EADDRINUSE", "Another program holds the port: give this one another (torchrun: --master-port), or end the other.", anywhere: true),
    ];

    private static FailureRule[] Programs() =>
    [
        new("returned non-zero exit status|returned a non-zero exit status", "A program that the script started failed: its own message stands above in the log."),
        new("([^ :]+): (command )?not found$", "There is no program {1}: install it, or put its directory into the PATH of the environment.", anywhere: true),
        new("^usage error: ", "The program does not take these arguments: mend the command; its --help lists them."),
        new("exec format error|cannot execute binary file", "The program was built for another machine.", anywhere: true),
        new("^RecursionError", "A function calls itself without end, or the data are nested too deeply."),
    ];

    private static FailureRule[] FastText() =>
    [
        new(@"Encountered NaN", "The numbers grew without bound: make the learning rate (lr) smaller."),
        new("Empty vocabulary", "No word of the input is frequent enough: see that the file has text, or make minCount smaller."),
        new("(.*) cannot be opened for (training|loading)", "fastText cannot read {1}: mend the path, or see that an earlier job wrote it."),
        new("^Unknown argument: (.*)", "fastText has no option {1}: mend the command.", anywhere: true),
        new(@"^Empty input or output path", "fastText needs both -input and -output.", anywhere: true),
    ];
}
