using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Views;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Reports;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Plans;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Commands;

/// <summary>What <c>eval</c> does: the run's own evaluation, with the same batches and threads, so that every figure comes out equal.</summary>
internal sealed class EvalExecution(Terminal terminal)
{
    private static readonly Place WeightsPlace = Place.Option("WEIGHTS");

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string weights, SpecRequest request, string role, bool asJson, CancellationToken cancellation)
    {
        var problems = new List<SpecProblem>();
        var inspected = SpecInspection.Inspect(request, problems);
        var file = WeightsFile.Read(weights, WeightsPlace, problems);
        var model = inspected is null ? null : FindModel(inspected.Spec, role, problems);
        if (file is not null && model is not null)
        {
            file.CheckFit(model, WeightsPlace, $"name the network that these weights are of with --as (now {role}), or its spec with --model", problems);
        }

        if (problems.Count > 0)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        using var thread = new TorchThread("eval", inspected!.Spec.Student.Training.Threads);
        var measured = await thread.RunAsync(() => Measure(file!.Content, model!, inspected), cancellation);
        Print(role, measured, file!.Digest, asJson);
        return ExitCode.Success;
    }

    private static ModelSpec? FindModel(RunSpec spec, string role, List<SpecProblem> problems)
    {
        var models = PlanCompiler.Compile(spec).Stages
            .Where(stage => stage.Network is not null)
            .ToDictionary(stage => stage.Name, stage => stage.Network!.Model);
        if (models.TryGetValue(role, out var model))
        {
            return model;
        }

        problems.Add(new SpecProblem(
            Place.Option("--as"),
            $"'{role}'",
            string.Join(", ", models.Keys),
            Nearest.To(role, models.Keys) is { } nearest ? $"write {nearest}" : "name one of them"));
        return null;
    }

    private Measurement Measure(SafetensorsFile weights, ModelSpec model, InspectedSpec inspected)
    {
        var batchSize = inspected.Spec.Schedule.Block;
        using var network = Networks.Load(model, weights);
        using var logits_NC = Evaluator.Logits(network, inspected.Data.Test, batchSize);
        return Evaluator.Measure(network, inspected.Data, logits_NC, batchSize, ClassDetail.All, terminal.Clock);
    }

    private void Print(string role, Measurement measured, Digest digest, bool asJson)
    {
        if (asJson)
        {
            terminal.SayJson(new
            {
                network = role,
                measured.Accuracy,
                measured.BalancedAccuracy,
                measured.Errors,
                measured.Samples,
                measured.NegativeLogLikelihood,
                measured.ExpectedCalibrationError,
                measured.CalibrationTemperature,
                measured.CalibratedError,
                measured.Parameters,
                digest,
                measured.Recall,
                measured.Confusion,
            });
            return;
        }

        terminal.Say($"{role}: accuracy {Words.Percent(measured.Accuracy)}, {measured.Errors} errors in {measured.Samples} samples, "
            + $"ECE {measured.ExpectedCalibrationError:F4}, {Words.Count(measured.Parameters)} parameters");
        foreach (var line in MeasurementLines.Of(measured))
        {
            terminal.Say(line);
        }

        terminal.Say($"digest: {digest}");
    }
}
