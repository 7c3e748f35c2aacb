using Stillhouse.Messages.Specs;

namespace Stillhouse.Orchestration.Specs;

/// <summary>What must hold for the numbers that a sweep tries.</summary>
internal static class SweepRules
{
    private const string Seed = "seed";
    private const string StudentModel = "student.model";
    private const int MostEdits = 3;

    private static readonly SpecField SeedField =
        SpecSchema.FieldsOf(Activator.CreateInstance<RunSpec>()).Single(field => field.Key == Seed);

    public static IReadOnlyList<Func<BoundSpec, IEnumerable<SpecProblem>>> All { get; } =
    [
        PathsNameNumbersOfTheStudent,
        PathsAreUnique,
        WholeNumbersStayWhole,
        ValuesFitTheirFields,
        RangesAreNotEmpty,
        LogarithmsExist,
        StepsFitTheRange,
        ChoicesDiffer,
    ];

    /// <summary>Teachers, data and schedule are computed once for all trials, so no trial can have its own.</summary>
    private static IEnumerable<SpecProblem> PathsNameNumbersOfTheStudent(BoundSpec spec) =>
        from parameter in spec.All<ParameterSpec>()
        let path = parameter.Value.Path
        where !spec.IsFaulty(path.Split('.')[0]) && !(IsOfTheModel(path) && spec.IsFaulty("sweep.architectures"))
        let missing = Numbers(spec, path).FirstOrDefault(numbers => !numbers.ContainsKey(path))
        where missing is not null
        let meant = Meant(path, missing.Keys)
        select new SpecProblem(
            spec.PlaceOf($"{parameter.Place.Path}.path"),
            $"'{path}'",
            "seed, or a number below student or distillation as this spec has them, for all trials share the data, the schedule and the teachers",
            meant is null ? "name another number, for example distillation.temperature" : $"write '{meant}'");

    private static IEnumerable<SpecProblem> PathsAreUnique(BoundSpec spec) =>
        from same in spec.All<ParameterSpec>().GroupBy(parameter => parameter.Value.Path)
        from again in same.Skip(1)
        select new SpecProblem(
            spec.PlaceOf($"{again.Place.Path}.path"),
            $"'{same.Key}' again",
            $"each path once, and {same.First().Place.Path} has it",
            "keep one of the two");

    private static IEnumerable<SpecProblem> WholeNumbersStayWhole(BoundSpec spec) =>
        from swept in Fields(spec)
        where swept.Field.IsWhole && swept.Parameter.Value is UniformParameterSpec or LogUniformParameterSpec
        select new SpecProblem(
            spec.PlaceOf($"{swept.Parameter.Place.Path}.kind"),
            SpecSchema.KindOf(swept.Parameter.Value, typeof(ParameterSpec))!,
            $"integer or choice, for {swept.Parameter.Value.Path} is a whole number",
            swept.Parameter.Value is UniformParameterSpec ? "write 'kind: integer'" : "write 'kind: integer' and 'log: true'");

    private static IEnumerable<SpecProblem> ValuesFitTheirFields(BoundSpec spec) =>
        from swept in Fields(spec)
        from number in SweptNumber.Of(spec, swept.Parameter)
        where swept.Field.Bounds?.Contain(number.Value) is false || (swept.Field.IsWhole && !double.IsInteger(number.Value))
        select new SpecProblem(
            number.Place,
            number.Text,
            $"for {swept.Parameter.Value.Path} {SpecWords.Allowed(swept.Field, SpecSchema.ElementOf(swept.Field.Type) ?? swept.Field.Type)}",
            "try only such values");

    private static IEnumerable<SpecProblem> RangesAreNotEmpty(BoundSpec spec) =>
        from parameter in spec.All<ParameterSpec>()
        where parameter.Value is not ChoiceParameterSpec
        let ends = SweptNumber.Of(spec, parameter).ToArray()
        where ends[0].Value >= ends[1].Value
        select new SpecProblem(ends[1].Place, ends[1].Text, $"above low, which is {ends[0].Text}", "write a greater one, or swap low and high");

    private static IEnumerable<SpecProblem> LogarithmsExist(BoundSpec spec) =>
        from integer in spec.All<IntegerParameterSpec>()
        where integer.Value is { Log: true, Low: <= 0 }
        select new SpecProblem(
            spec.PlaceOf($"{integer.Place.Path}.low"),
            $"{integer.Value.Low} with log",
            "above 0, for the logarithm",
            "write 1 or more, or remove log");

    private static IEnumerable<SpecProblem> StepsFitTheRange(BoundSpec spec) =>
        from parameter in spec.All<ParameterSpec>()
        let integer = parameter.Value as IntegerParameterSpec
        let step = integer?.Step ?? (parameter.Value as UniformParameterSpec)?.Step
        where step is not null
        let ends = SweptNumber.Of(spec, parameter).ToArray()
        let width = ends[1].Value - ends[0].Value
        where width > 0 && (step > width || integer is { Log: true, Step: > 1 })
        select new SpecProblem(
            spec.PlaceOf($"{parameter.Place.Path}.step"),
            $"{step}",
            step > width ? $"up to {width}, which is high - low" : "1 where log is true",
            step > width ? "write a smaller one" : "remove step or log");

    private static IEnumerable<SpecProblem> ChoicesDiffer(BoundSpec spec) =>
        from choice in spec.All<ChoiceParameterSpec>()
        from same in choice.Value.Values.Index().GroupBy(value => value.Item)
        from again in same.Skip(1)
        select new SpecProblem(
            spec.PlaceOf($"{choice.Place.Path}.values[{again.Index}]"),
            $"{again.Item} again",
            "each value once",
            "remove it");

    /// <summary>The number with the same key elsewhere, as <c>epochs</c> of a teacher, else the one that is hardly written otherwise.</summary>
    private static string? Meant(string path, IEnumerable<string> known)
    {
        var key = Key(path);
        return known.FirstOrDefault(number => Key(number) == key)
            ?? (Nearest.To(path, known) is { } nearest && Nearest.Distance(path, nearest) <= MostEdits ? nearest : null);

        static string Key(string path) => path[(path.LastIndexOf('.') + 1)..];
    }

    private static IEnumerable<(Bound<ParameterSpec> Parameter, SpecField Field)> Fields(BoundSpec spec) =>
        from parameter in spec.All<ParameterSpec>()
        let field = Numbers(spec, parameter.Value.Path).First().GetValueOrDefault(parameter.Value.Path)
        where field is not null
        select (parameter, field);

    /// <summary>What can be swept: once, or once with each architecture where the path depends on it.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, SpecField>> Numbers(BoundSpec spec, string path)
    {
        var students = spec.Find<StudentSpec>("student") is { Value: var student } ? [student] : Array.Empty<StudentSpec>();
        var architectures = spec.Find<SweepSpec>("sweep")?.Value.Architectures ?? [];
        if (architectures.Count > 0 && IsOfTheModel(path))
        {
            students = [.. from plain in students from model in architectures select plain with { Model = model }];
        }

        var others = spec.Find<DistillationSpec>("distillation") is { Value: var distillation }
            ? SpecNumbers.Below(distillation, "distillation")
            : [];
        KeyValuePair<string, SpecField>[] shared = [new(Seed, SeedField), .. others];
        return students.Select(each => shared.Concat(SpecNumbers.Below(each, "student")).ToDictionary()).DefaultIfEmpty(shared.ToDictionary());
    }

    private static bool IsOfTheModel(string path) => path.StartsWith($"{StudentModel}.", StringComparison.Ordinal);
}
