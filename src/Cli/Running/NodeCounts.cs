using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Running;

/// <summary>How many processes of each role a run is spread over.</summary>
public sealed record NodeCounts(int Coordinators, int Teachers, int Students)
{
    /// <summary>One node in every role.</summary>
    public static NodeCounts Embedded { get; } = new(1, 1, 1);

    /// <summary>The most processes of one role on one machine.</summary>
    public const int Maximum = 256;

    private const string Option = "--nodes";
    private const string Example = "coordinators=1,teachers=3,students=1";

    private static readonly string[] Roles = ["coordinators", "teachers", "students"];

    /// <summary>
    /// Reads <c>coordinators=1,teachers=3,students=1</c>; a role left out has one process. Adds everything that is wrong
    /// with it to <paramref name="problems"/>, in which case the result is null.
    /// </summary>
    public static NodeCounts? Read(string text, ICollection<SpecProblem> problems)
    {
        var counts = new Dictionary<string, int>();
        var found = new List<SpecProblem>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            ReadPart(part, counts, found);
        }

        if (counts.GetValueOrDefault("coordinators") == 2)
        {
            found.Add(new SpecProblem(
                Place.Option(Option, "coordinators"),
                "2",
                "1 or at least 3",
                "a majority that survives the loss of one coordinator needs three; write coordinators=1 or coordinators=3"));
        }

        found.ForEach(problems.Add);
        return found.Count > 0
            ? null
            : new NodeCounts(
                counts.GetValueOrDefault("coordinators", 1),
                counts.GetValueOrDefault("teachers", 1),
                counts.GetValueOrDefault("students", 1));
    }

    private static void ReadPart(string part, Dictionary<string, int> counts, List<SpecProblem> problems)
    {
        var equals = part.IndexOf('=', StringComparison.Ordinal);
        var role = equals < 0 ? part : part[..equals].TrimEnd();
        var number = equals < 0 ? "" : part[(equals + 1)..].TrimStart();
        if (!Roles.Contains(role))
        {
            problems.Add(new SpecProblem(
                Place.Option(Option, role),
                part.Length == 0 ? "an empty part" : $"the unknown role '{role}'",
                $"{string.Join(", ", Roles)}",
                Nearest.To(role, Roles) is { } nearest ? $"write {nearest}=1" : $"write for example {Example}"));
        }
        else if (!int.TryParse(number, out var count) || count is < 1 or > Maximum)
        {
            problems.Add(new SpecProblem(
                Place.Option(Option, role),
                number.Length == 0 ? "no number" : $"'{number}'",
                $"a whole number from 1 to {Maximum}",
                $"write for example {role}=1"));
        }
        else if (!counts.TryAdd(role, count))
        {
            problems.Add(new SpecProblem(Place.Option(Option, role), "the role twice", "each role once", $"keep one '{role}='"));
        }
    }
}
