using Stillhouse.Cli.Running;
using Stillhouse.Distillation.Data;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Messages.Trials;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>Everything that a person asks for with a run.</summary>
/// <param name="OutFolder">The text of <c>--out</c>, or null for <c>out/NAME</c>.</param>
/// <param name="ReplaceResults">Results that are already there may be replaced.</param>
/// <param name="Targets">How many soft targets each node keeps.</param>
public sealed record RunRequest(SpecRequest Spec, string? OutFolder, bool ReplaceResults, TargetRequest Targets);

/// <summary>Finds everything that would stop a run, before anything starts.</summary>
public static class Preflight
{
    private const string DefaultRoot = "out";

    /// <summary>Null, with everything that is wrong added to <paramref name="problems"/>, where there is anything.</summary>
    public static AdmittedRun? Admit(RunRequest request, TimeProvider clock, ICollection<SpecProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(request);
        var inspected = SpecInspection.Inspect(request.Spec, problems);
        var folder = request.OutFolder ?? (inspected is null ? null : Path.Combine(DefaultRoot, inspected.Spec.Name));
        var outFolder = folder is null ? null : OutputFolder.Check(folder, request.ReplaceResults, problems);
        var targets = request.Targets.Read(problems);
        return inspected is null || outFolder is null || targets is null
            ? null
            : new AdmittedRun(
                RunIds.New(inspected.Spec.Name, inspected.Spec.Seed, clock),
                inspected.Spec,
                Facts(inspected.Spec.Data, inspected.Data),
                outFolder,
                targets);
    }

    /// <summary>What nodes are told of the data.</summary>
    internal static DatasetFacts Facts(DataSpec source, Dataset data) =>
        new(
            new DatasetReference(source, data.Digest),
            data.Kind,
            data.Classes,
            data.Train.Count,
            data.Validation.Count,
            data.Test.Count,
            data.Train.PerClass(data.Classes),
            data.Test.PerClass(data.Classes),
            data.Train.Unlabelled);
}
