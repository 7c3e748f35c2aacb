using Stillhouse.Distillation.Models;
using Stillhouse.Messages.Specs;
using TorchSharp;
using static TorchSharp.torch;

namespace Stillhouse.Distillation.Losses.Terms;

/// <summary>
/// Maps each of the student's features to the size of a teacher's: by a linear layer between linear layers, by a 1×1 convolution between
/// maps. Initial weights depend on the seed alone.
/// </summary>
internal sealed class Regressors : nn.Module
{
    private readonly Dictionary<string, nn.Module<Tensor, Tensor>> _byName = [];

    /// <param name="spec">Names the modules; each pair has a regressor for every teacher.</param>
    public Regressors(FeatureLossSpec spec, ComparedNetworks networks)
        : base(nameof(Regressors))
    {
        foreach (var (teacher, features) in networks.Teachers.Index())
        {
            foreach (var (student, module) in spec.Pairs.Distinct())
            {
                Add(Name(teacher, student, module), Find(networks.Student, student), Find(features, module));
            }
        }

        using var initial = new Generator((ulong)networks.Seed, CPU);
        UniformInitialization.Apply(this, initial);
        this.to(networks.Device);
    }

    /// <summary>The student's feature in the shape of the teacher's.</summary>
    public Tensor Map(FeaturePair pair) => _byName[Name(pair.TeacherIndex, pair.StudentModule, pair.TeacherModule)].call(pair.Student);

    private static FeatureShape Find(IReadOnlyList<FeatureShape> features, string name) => features.First(feature => feature.Name == name);

    private static string Name(int teacher, string student, string module) => $"{teacher}-{student}-{module}";

    private void Add(string name, FeatureShape student, FeatureShape teacher)
    {
        nn.Module<Tensor, Tensor> regressor = student.Shape is [var units]
            ? nn.Linear(units, teacher.Shape[0])
            : nn.Conv2d(student.Shape[0], teacher.Shape[0], kernel_size: 1);
        register_module(name, regressor);
        _byName[name] = regressor;
    }
}
