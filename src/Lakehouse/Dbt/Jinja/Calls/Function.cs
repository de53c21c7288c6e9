namespace Recoup.Lakehouse.Dbt.Jinja.Calls;

/// <summary>A built-in function, filter, test or method: its body gets one argument for each parameter.</summary>
/// <remarks>A method's, filter's and test's first parameter is the value that it is applied to.</remarks>
internal sealed class Function(string name, Parameter[] parameters, Func<object?[], object?> body) : IJinjaCallable
{
    /// <summary>For a filter or method that reads its arguments itself: its body gets the value and the arguments.</summary>
    public static readonly Parameter[] Anything = [];

    public string Name { get; } = name;

    public object? Call(JinjaArguments arguments) =>
        ReferenceEquals(parameters, Anything) ? body([null, arguments]) : body(Bind(arguments.Positional, 0, arguments));

    /// <summary>Calls it with a value before the arguments that were written.</summary>
    public object? CallOn(object? value, JinjaArguments arguments)
    {
        if (ReferenceEquals(parameters, Anything))
        {
            return body([value, arguments]);
        }

        var bound = Bind(arguments.Positional, 1, arguments);
        bound[0] = value;
        return body(bound);
    }

    private object?[] Bind(IReadOnlyList<object?> positional, int offset, JinjaArguments arguments)
    {
        if (positional.Count + offset > parameters.Length)
        {
            throw JinjaException.Runtime($"{Name}() takes at most {parameters.Length - offset} arguments ({positional.Count} given)");
        }

        var bound = new object?[parameters.Length];
        for (var index = offset; index < parameters.Length; index++)
        {
            bound[index] = index - offset < positional.Count ? positional[index - offset] : ByName(parameters[index], arguments);
        }

        CheckKeywords(positional.Count + offset, arguments);
        return bound;
    }

    private object? ByName(Parameter parameter, JinjaArguments arguments)
    {
        if (arguments.Keywords.TryGetValue(parameter.Name, out var given))
        {
            return given;
        }

        return parameter.IsRequired
            ? throw JinjaException.Runtime($"{Name}() missing required argument '{parameter.Name.TrimStart('_')}'")
            : parameter.Default;
    }

    private void CheckKeywords(int given, JinjaArguments arguments)
    {
        foreach (var keyword in arguments.Keywords.Keys)
        {
            var index = Array.FindIndex(parameters, parameter => parameter.Name == keyword);
            if (index < given || keyword.StartsWith('_'))
            {
                var problem = index < 0 ? "got an unexpected keyword argument" : "got multiple values for argument";
                throw JinjaException.Runtime($"{Name}() {problem} '{keyword}'");
            }
        }
    }
}
