using System.Reflection;
using System.Reflection.Emit;
using System.Text.Json.Nodes;
using Sandbox.Components.Environments;
using Sandbox.Core.Components.Options;

namespace Sandbox.Components.Plugins.Manifests;

/// <summary>
/// Makes the options of a manifest into an options type like any other: a class with a property and its attribute for each. So
/// a program's options are checked, listed, documented and known as paths by the very code that does it for the sandbox's own. It has
/// the options of an environment, too, in which the program then runs.
/// </summary>
internal static class ManifestOptionsType
{
    /// <summary>The assembly that the types are made in; this one lets it see <see cref="EnvironmentOptions"/>.</summary>
    public const string AssemblyName = "Sandbox.Components.Manifests";

    private const MethodAttributes Accessor = MethodAttributes.Public | MethodAttributes.SpecialName | MethodAttributes.HideBySig;

    /// <summary>Makes the type.</summary>
    public static Type Make(string name, IReadOnlyList<(string Key, OptionEntry Entry)> options)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(AssemblyName), AssemblyBuilderAccess.Run).DefineDynamicModule("options");
        var type = module.DefineType($"{name}.Options", TypeAttributes.Public | TypeAttributes.Sealed, typeof(EnvironmentOptions));
        var constructor = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Type.EmptyTypes).GetILGenerator();
        foreach (var (i, (key, entry)) in options.Index())
        {
            var property = FormattableString.Invariant($"Option{i}");
            var value = ValueType(entry);
            var field = type.DefineField("_" + property, value, FieldAttributes.Private);
            Define(type, property, field).SetCustomAttribute(Attribute(key, entry));
            if (entry.Default is JsonValue given)
            {
                constructor.Emit(OpCodes.Ldarg_0);
                Load(constructor, entry.Type, given, value);
                constructor.Emit(OpCodes.Stfld, field);
            }
        }

        var @base = typeof(EnvironmentOptions).GetConstructor(BindingFlags.NonPublic | BindingFlags.Instance, Type.EmptyTypes)!;
        constructor.Emit(OpCodes.Ldarg_0);
        constructor.Emit(OpCodes.Call, @base);
        constructor.Emit(OpCodes.Ret);
        return type.CreateType();
    }

    private static Type ValueType(OptionEntry entry) => entry.Type switch
    {
        OptionEntry.Number => typeof(double?),
        OptionEntry.Whole => typeof(long?),
        OptionEntry.Flag => typeof(bool),
        OptionEntry.List => typeof(List<string>),
        OptionEntry.Mapping => typeof(JsonObject),
        _ => typeof(string),
    };

    private static void Load(ILGenerator code, string kind, JsonValue value, Type type)
    {
        switch (kind)
        {
            case OptionEntry.Number:
                code.Emit(OpCodes.Ldc_R8, Convert.ToDouble(value.ToString(), System.Globalization.CultureInfo.InvariantCulture));
                code.Emit(OpCodes.Newobj, type.GetConstructor([typeof(double)])!);
                break;
            case OptionEntry.Whole:
                code.Emit(OpCodes.Ldc_I8, value.GetValue<long>());
                code.Emit(OpCodes.Newobj, type.GetConstructor([typeof(long)])!);
                break;
            case OptionEntry.Flag:
                code.Emit(value.GetValue<bool>() ? OpCodes.Ldc_I4_1 : OpCodes.Ldc_I4_0);
                break;
            default:
                code.Emit(OpCodes.Ldstr, value.GetValue<string>());
                break;
        }
    }

    private static PropertyBuilder Define(TypeBuilder type, string name, FieldBuilder field)
    {
        var property = type.DefineProperty(name, PropertyAttributes.None, field.FieldType, null);
        var get = type.DefineMethod("get_" + name, Accessor, field.FieldType, Type.EmptyTypes);
        var read = get.GetILGenerator();
        read.Emit(OpCodes.Ldarg_0);
        read.Emit(OpCodes.Ldfld, field);
        read.Emit(OpCodes.Ret);
        property.SetGetMethod(get);
        var set = type.DefineMethod("set_" + name, Accessor, null, [field.FieldType]);
        var write = set.GetILGenerator();
        write.Emit(OpCodes.Ldarg_0);
        write.Emit(OpCodes.Ldarg_1);
        write.Emit(OpCodes.Stfld, field);
        write.Emit(OpCodes.Ret);
        property.SetSetMethod(set);
        return property;
    }

    private static CustomAttributeBuilder Attribute(string key, OptionEntry entry)
    {
        var type = typeof(OptionAttribute);
        PropertyInfo[] properties = [.. new[]
        {
            nameof(OptionAttribute.Description), nameof(OptionAttribute.Required), nameof(OptionAttribute.Path),
            nameof(OptionAttribute.Min), nameof(OptionAttribute.Max), nameof(OptionAttribute.OneOf),
        }.Select(name => type.GetProperty(name)!)];
        return new CustomAttributeBuilder(
            type.GetConstructor([typeof(string)])!, [key], properties,
            [entry.Description, entry.Required, entry.Access, entry.Min, entry.Max, entry.OneOf.ToArray()]);
    }
}
