using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Runs;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Cli.Running;

/// <summary>A run whose every input has been checked: nothing that a person wrote can stop it any more.</summary>
/// <param name="Id">The run's id, new for every admission.</param>
/// <param name="Spec">The spec with its overrides; every path in it is absolute.</param>
/// <param name="Dataset">What the check of the dataset found.</param>
/// <param name="OutFolder">Absolute; the results go there. It can be written, but need not exist yet.</param>
/// <param name="Targets">How many soft targets each node keeps; each has a folder of its own below the named one.</param>
public sealed record AdmittedRun(RunId Id, RunSpec Spec, DatasetFacts Dataset, string OutFolder, TargetStoreOptions Targets);
