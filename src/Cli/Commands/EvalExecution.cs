using System.Text.Json;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Results;
using Stillhouse.Cli.Views;
using Stillhouse.Distillation.Evaluation;
using Stillhouse.Distillation.Execution;
using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Native;
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
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string weights, SpecRequest request, string role, bool asJson, CancellationToken cancellation)
    {
        var problems = new List<SpecProblem>();
        var inspected = SpecInspection.Inspect(request, problems);
        var bytes = ReadWeights(weights, problems);
        var model = inspected is null ? null : FindModel(inspected.Spec, role, problems);
        if (inspected is null || bytes is null || model is null)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        TorchRuntime.EnsureLoadable();
        try
        {
            using var thread = new TorchThread("eval", inspected.Spec.Student.Training.Threads);
            var measured = await thread.RunAsync(() => Measure(SafetensorsFile.Parse(bytes, weights), model, inspected), cancellation);
            Print(role, measured, Digest.Of(bytes), asJson);
            return ExitCode.Success;
        }
        catch (WeightsRefusedException e)
        {
            return ProblemList.Write(terminal.Error, [.. e.Mismatches.Select(mismatch => new SpecProblem(
                new Place(weights, 0, 0, mismatch.Place),
                mismatch.Found,
                mismatch.Expected,
                $"these weights are not a {role} of this spec; name another network with --as, or another spec with --model"))]);
        }
    }

    private static byte[]? ReadWeights(string path, List<SpecProblem> problems)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var found = File.Exists(path) ? $"a file that cannot be read ({e.Message})" : "no such file";
            problems.Add(new SpecProblem(new Place(path, 0, 0, ""), found, "a safetensors file", "check the path and its permissions"));
            return null;
        }
    }

    private static ModelSpec? FindModel(RunSpec spec, string role, List<SpecProblem> problems)
    {
        var models = TeacherRoster.Expand(spec).ToDictionary(teacher => teacher.Name, teacher => teacher.Spec.Model);
        models[StageName.Student] = models[StageName.Baseline] = spec.Student.Model;
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
        var batchSize = inspected.Spec.Student.Training.BatchSize;
        var test = inspected.Data.Test;
        using var network = Networks.Load(model, weights);
        using var logits_NC = Evaluator.Logits(network, test, batchSize);
        var latency = Latency.MedianMilliseconds(network, test, batchSize, terminal.Clock);
        return Classification.Measure(logits_NC, test.Labels.Span, network.ParameterCount, latency, batchSize);
    }

    private void Print(string role, Measurement measured, Digest digest, bool asJson)
    {
        var output = terminal.Output.Profile.Out.Writer;
        if (asJson)
        {
            var answer = new { network = role, measured.Accuracy, measured.Errors, measured.Samples, measured.ExpectedCalibrationError, measured.Parameters, digest };
            output.WriteLine(JsonSerializer.Serialize(answer, ReportJson.Options));
        }
        else
        {
            output.WriteLine($"{role}: accuracy {Words.Percent(measured.Accuracy)}, {measured.Errors} errors in {measured.Samples} samples, "
                + $"ECE {measured.ExpectedCalibrationError:F4}, {Words.Count(measured.Parameters)} parameters");
            output.WriteLine($"digest: {digest}");
        }

        output.Flush();
    }
}
