namespace Sandbox.Environments.Tests.Python;

/// <summary>Programs in the place of conda, mamba, micromamba and uv, which cannot be had here: they write down the
/// arguments that they were given and do what the real ones would with them. No real program has these names here, so
/// they may stand in PATH for all tests.</summary>
internal static class StandIns
{
    private static readonly Lazy<string> Place = new(Make);

    // Arguments are written with a NUL behind each and a line feed behind all.
    private const string Conda = """
        #!/bin/sh
        root="$(dirname "$0")"
        { for argument in "$@"; do printf '%s\0' "$argument"; done; printf '\n'; } >> "$root/calls"
        case "$1" in
        --version) echo "$(basename "$0") 24.1.0"; exit 0 ;;
        create) shift; while [ $# -gt 0 ]; do case "$1" in -n) mkdir -p "$root/envs/$2"; shift ;; -p) mkdir -p "$2"; echo "$2" >> "$root/prefixes"; shift ;; esac; shift; done ;;
        env) case "$2" in
            list) printf '{"envs": ['; first=1; for path in "$root"/envs/*/; do [ -d "$path" ] || continue; [ $first = 1 ] || printf ','; first=0; printf '"%s"' "$(printf %s "${path%/}" | sed 's/[\\"]/\\&/g')"; done; printf ']}\n' ;;
            create) name="$(sed -n 's/^name: *//p' "$4")"; mkdir -p "$root/envs/$name" ;;
            remove) rm -r "$root/envs/$4" ;;
            esac ;;
        run) shift; while [ $# -gt 0 ]; do case "$1" in --no-capture-output) shift ;; -n|-p) shift 2 ;; *) break ;; esac; done
            case "$*" in *" -m pip install "*) exit 0 ;; esac
            exec "$@" ;;
        esac
        """;

    private const string Uv = """
        #!/bin/sh
        { for argument in "$@"; do printf '%s\0' "$argument"; done; printf '\n'; } >> "$(dirname "$0")/calls"
        case "$1" in
        --version) echo "uv 0.4.0" ;;
        venv) for last in "$@"; do :; done
            case "$last" in *slow-env) echo slow; sleep 600 & wait ;; esac
            mkdir -p "$last/bin" && touch "$last/bin/activate" ;;
        esac
        """;

    /// <summary>Puts them in front of PATH.</summary>
    public static string Use() => Place.Value;

    /// <summary>The calls that were made with a word among the arguments.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> CallsWith(string word) =>
        [.. File.ReadAllText(Path.Combine(Use(), "calls")).Split("\0\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(call => call.Split('\0')).Where(call => call.Any(a => a.Contains(word, StringComparison.Ordinal)))];

    private static string Make()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The stand-ins are scripts for sh.");
        }

        var directory = Directory.CreateTempSubdirectory("stand-ins").FullName;
        foreach (var (name, script) in new[] { ("conda", Conda), ("mamba", Conda), ("micromamba", Conda), ("uv", Uv) })
        {
            var path = Path.Combine(directory, name);
            File.WriteAllText(path, script.ReplaceLineEndings("\n") + "\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Environment.SetEnvironmentVariable("PATH", $"{directory}:{Environment.GetEnvironmentVariable("PATH")}");
        return directory;
    }
}
