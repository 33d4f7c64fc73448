namespace Sandbox.Core.Plugins;

/// <summary>Declares a stage: a further list of jobs, <c>NAME_job_configs</c> in a sandbox YAML. Stands at any public class.</summary>
/// <param name="name">Its short name: small letters, digits and <c>_</c>, as in <c>publish</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SandboxStageAttribute(string name) : Attribute
{
    /// <summary>Its short name.</summary>
    public string Name { get; } = name;

    /// <summary>Short name of the stage behind which it runs.</summary>
    public string After { get; init; } = "evaluate";
}

/// <summary>Declares a factory: a name under which hooks find components. Stands at any public class; one that is an
/// <see cref="IComponentFactory"/> and has a constructor without parameters also brings component types itself.</summary>
/// <param name="name">Its name, as in <c>PublisherFactory</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SandboxFactoryAttribute(string name) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;
}

/// <summary>Declares a hook: a public class that is an <see cref="IPluginHook"/>. It is made for each job; its one
/// constructor may take its options (a class whose properties carry
/// <see cref="Components.Options.OptionAttribute"/>) and the <see cref="Components.ComponentStarter"/>.</summary>
/// <param name="name">The name in a YAML, as in <c>PublishHook</c>; it ends with <c>Hook</c>.</param>
/// <param name="stages">Short names of the stages where it belongs, the first its home.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SandboxHookAttribute(string name, params string[] stages) : Attribute
{
    /// <summary>The name in a YAML.</summary>
    public string Name { get; } = name;

    /// <summary>The stages where it belongs.</summary>
    public string[] Stages { get; } = stages;

    /// <summary>The factory whose components it starts, named by <c>extra_configs.type</c>; none where it reads
    /// <c>extra_configs</c> itself.</summary>
    public string? Factory { get; init; }

    /// <summary>One sentence for people.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>Whether it needs a recipe in <c>dj_configs</c>.</summary>
    public bool UsesDjConfigs { get; init; }

    /// <summary>How many results it gives, where no component says so.</summary>
    public int Results { get; init; } = 1;
}

/// <summary>Declares a component type: a public class that is an <see cref="Components.IComponent"/>. It is made for each
/// job; its one constructor may take its options, a class whose properties carry
/// <see cref="Components.Options.OptionAttribute"/>.</summary>
/// <param name="factory">The factory that offers it: upstream's, as <c>DataEvaluatorFactory</c>, or a plugin's.</param>
/// <param name="type">The <c>type</c> in a YAML.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SandboxComponentAttribute(string factory, string type) : Attribute
{
    /// <summary>The factory that offers it.</summary>
    public string Factory { get; } = factory;

    /// <summary>The <c>type</c> in a YAML.</summary>
    public string Type { get; } = type;

    /// <summary>One sentence for people.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>How many results it gives; less than 0 where that depends.</summary>
    public int Results { get; init; } = 1;
}
