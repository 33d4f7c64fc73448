using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Sandbox.Components.Plugins.Parts;
using Sandbox.Core.Components;
using Sandbox.Core.Faults;
using Sandbox.Core.Hooks;
using Sandbox.Core.Plugins;

namespace Sandbox.Components.Plugins.Assemblies;

/// <summary>Reads what the public classes of a class library declare with attributes.</summary>
internal static class PluginAssembly
{
    private const string Contract = "Sandbox.Core";

    /// <summary>The parts of a library; null for one that is no plugin (it does not refer to Sandbox.Core), and for one that cannot be
    /// loaded or declares something wrong, which gives faults.</summary>
    public static PluginParts? Read(string path, ICollection<Fault> faults)
    {
        var before = faults.Count;
        try
        {
            if (!RefersToContract(path))
            {
                return null;
            }

            var parts = new PluginParts(path);
            var draft = new PartsDraft(parts, message => faults.Add(Fault(path, message)));
            foreach (var type in new PluginLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes())
            {
                Read(type, draft);
            }

            return faults.Count == before ? parts : null;
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or TypeLoadException or ReflectionTypeLoadException
            or MissingMemberException or CustomAttributeFormatException or UnauthorizedAccessException or TargetInvocationException)
        {
            faults.Add(Fault(path, $"the plugin cannot be loaded: {Reason(e)} Build it again for this version of the sandbox, or remove it."));
            return null;
        }
    }

    private static void Read(Type type, PartsDraft draft)
    {
        foreach (var stage in type.GetCustomAttributes<SandboxStageAttribute>())
        {
            draft.Stage(stage.Name, stage.After);
        }

        if (type.GetCustomAttribute<SandboxFactoryAttribute>() is { } factory)
        {
            draft.Factory(factory.Name);
            AddMade(type, draft);
        }

        if (type.GetCustomAttribute<SandboxHookAttribute>() is { } hook)
        {
            AddHook(type, hook, draft);
        }

        foreach (var component in type.GetCustomAttributes<SandboxComponentAttribute>())
        {
            AddComponent(type, component, draft);
        }
    }

    private static void AddMade(Type type, PartsDraft draft)
    {
        if (type.IsAssignableTo(typeof(IComponentFactory)))
        {
            foreach (var made in ((IComponentFactory)Activator.CreateInstance(type)!).Components)
            {
                draft.Component(made);
            }
        }
    }

    private static void AddHook(Type type, SandboxHookAttribute declared, PartsDraft draft)
    {
        if (PluginClass.Of(type, typeof(IPluginHook), draft.Fault) is { } made)
        {
            var descriptor = new HookDescriptor(
                declared.Name, [.. declared.Stages.Where(Stage.IsName).Select(Stage.Named)], declared.Factory, declared.Summary,
                declared.UsesDjConfigs, declared.Factory is not null || made.OptionsType is not null, declared.Results)
            {
                OptionsType = declared.Factory is null ? made.OptionsType : null,
            };
            draft.Hook(descriptor, starter => new PluginHook(draft.Marked(descriptor), (options, s) => (IPluginHook)made.Make(options, s), starter));
        }
    }

    private static void AddComponent(Type type, SandboxComponentAttribute declared, PartsDraft draft)
    {
        if (PluginClass.Of(type, typeof(IComponent), draft.Fault) is { } made)
        {
            draft.Component(new ComponentDescriptor
            {
                Factory = declared.Factory,
                Type = declared.Type,
                Summary = declared.Summary,
                Results = declared.Results < 0 ? null : declared.Results,
                OptionsType = made.OptionsType ?? typeof(NoOptions),
                Create = options => (IComponent)made.Make(options, null),
            });
        }
    }

    // Looked up without running anything of it.
    private static bool RefersToContract(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
        {
            return false;
        }

        var metadata = file.GetMetadataReader();
        return metadata.AssemblyReferences.Any(r => metadata.GetString(metadata.GetAssemblyReference(r).Name) == Contract);
    }

    private static string Reason(Exception e) => e switch
    {
        ReflectionTypeLoadException several => string.Join(' ', several.LoaderExceptions.OfType<Exception>().Select(i => i.Message).Distinct().Take(3)),
        TargetInvocationException { InnerException: { } inner } => inner.Message,
        _ => e.Message,
    };

    private static Fault Fault(string path, string message) => new(new SourceLocation(path, 0, 0), message, FaultSeverity.Warning);

    private sealed class NoOptions;
}
