using System.CommandLine;
using Stillhouse.Cli.Admission;
using Stillhouse.Cli.Clients;
using Stillhouse.Cli.Results;
using Stillhouse.Cli.Views;
using Stillhouse.Messages.Identity;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary><c>still export RUN DIR</c>: writes the results of a completed run, as <c>still run</c> does.</summary>
internal static class ExportCommand
{
    private const string ArtifactsName = "--artifacts";

    public static Command Create(Terminal terminal)
    {
        var run = new RunArgument();
        var folder = new Argument<string>("DIR") { Description = "the folder for the results" };
        var artifacts = new Option<string?>(ArtifactsName)
        {
            Description = "the cluster's artifact folder, as it is seen from here (default: as the coordinator calls it)",
            HelpName = "DIR",
        };
        var force = new Option<bool>("--force") { Description = "replace the results that are in the folder" };
        var cluster = new ClusterCommand(terminal);
        var command = new Command("export", "Write the report and the weights of a completed run");
        run.AddTo(command);
        command.Add(folder);
        command.Add(artifacts);
        command.Add(force);
        cluster.AddTo(command);
        command.SetAction((arguments, cancellation) => cluster.ConnectAsync(
            arguments,
            problems => Read(
                run.Read(arguments, problems), arguments.GetRequiredValue(folder), arguments.GetValue(artifacts), arguments.GetValue(force), problems),
            async (connection, export) => Write(
                terminal,
                export.Artifacts is null ? export with { Artifacts = await connection.ArtifactsAsync(cancellation) } : export,
                await connection.EndOfAsync(export.Run, cancellation)),
            cancellation));
        return command;
    }

    private static Export? Read(RunId? run, string folder, string? artifacts, bool force, ICollection<SpecProblem> problems)
    {
        if (artifacts is not null && !Directory.Exists(artifacts))
        {
            problems.Add(new SpecProblem(
                Place.Option(ArtifactsName), artifacts, "a folder that is there", "name the folder of artifacts that the cluster's nodes share"));
        }

        return OutputFolder.Check(folder, force, problems) is { } output && run is { } id && problems.Count == 0 ? new Export(id, output, artifacts) : null;
    }

    private static int Write(Terminal terminal, Export export, IRunMessage end)
    {
        switch (end)
        {
            case RunUnknown unknown:
                return RunArgument.NotFound(terminal, unknown);
            case RunCompleted when !Directory.Exists(export.Artifacts):
                terminal.Error.WriteLine(
                    $"the cluster keeps its weights in {export.Artifacts}, which is not here; name the folder as it is seen from here with {ArtifactsName}");
                return ExitCode.RunFailed;
            case RunCompleted completed:
                ReportTable.Write(terminal.Output, completed.Report, new ResultFolder(export.Folder).Publish(completed.Report, export.Artifacts!));
                return ExitCode.Success;
            default:
                terminal.Error.WriteLine($"run {export.Run} has not completed; there is nothing to export");
                return ExitCode.RunFailed;
        }
    }

    private sealed record Export(RunId Run, string Folder, string? Artifacts);
}
