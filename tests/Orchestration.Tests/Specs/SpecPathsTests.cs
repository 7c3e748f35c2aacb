using Stillhouse.Messages.Specs;
using Stillhouse.Orchestration.Specs;

namespace Stillhouse.Orchestration.Tests.Specs;

public class SpecPathsTests
{
    [Theory]
    [InlineData("../data", "w.safetensors", "/home/a/data", "/home/a/specs/w.safetensors")]
    [InlineData("/data", "/w.safetensors", "/data", "/w.safetensors")]
    public void Resolve_CountsFromTheFolderOfTheSpec(string data, string weights, string dataPath, string weightsPath)
    {
        var yaml = SpecText.With("path: mnist", $"path: {data}").Replace("name: conv", $"name: conv\n    weights: {weights}", StringComparison.Ordinal);

        var resolved = SpecPaths.Resolve(SpecText.Bind(yaml).Spec!, "/home/a/specs");

        resolved.Data.ShouldBe(new IdxDataSpec { Path = dataPath });
        resolved.Teachers[1].Weights.ShouldBe(weightsPath);
    }
}
