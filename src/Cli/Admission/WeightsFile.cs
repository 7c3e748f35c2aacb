using Stillhouse.Distillation.Models;
using Stillhouse.Distillation.Native;
using Stillhouse.Distillation.Weights;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Cli.Admission;

/// <summary>A sound file of weights.</summary>
internal sealed record WeightsFile(SafetensorsFile Content, Digest Digest)
{
    /// <summary>Null, with problems added, where it is missing or damaged.</summary>
    /// <param name="place">Where a person named the file.</param>
    public static WeightsFile? Read(string path, Place place, ICollection<SpecProblem> problems)
    {
        try
        {
            var bytes = File.ReadAllBytes(path);
            return new WeightsFile(SafetensorsFile.Parse(bytes, path), Digest.Of(bytes));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            var found = Directory.Exists(path) ? "a folder" : File.Exists(path) ? $"a file that cannot be read ({e.Message})" : "no file";
            problems.Add(new SpecProblem(place, $"{found} at {path}", "a safetensors file", "check the path and its permissions"));
        }
        catch (WeightsRefusedException damage)
        {
            AddAll(damage, place, "name a safetensors file of 32-bit floats; if this was one, it is damaged", problems);
        }

        return null;
    }

    /// <summary>Adds everything in which the weights differ from those of such a network.</summary>
    public void CheckFit(ModelSpec model, Place place, string remedy, ICollection<SpecProblem> problems)
    {
        TorchRuntime.EnsureLoadable();
        try
        {
            Networks.Load(model, Content).Dispose();
        }
        catch (WeightsRefusedException misfit)
        {
            AddAll(misfit, place, remedy, problems);
        }
    }

    private static void AddAll(WeightsRefusedException refusal, Place place, string remedy, ICollection<SpecProblem> problems)
    {
        foreach (var mismatch in refusal.Mismatches)
        {
            problems.Add(new SpecProblem(place, $"{mismatch.Found} at {mismatch.Place} of {refusal.Path}", mismatch.Expected, remedy));
        }
    }
}
