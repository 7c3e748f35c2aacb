using System.CommandLine;
using Stillhouse.Cli.Clients;
using Stillhouse.Messages;
using Stillhouse.Orchestration.Specs;
using static Stillhouse.Messages.Runs.RunInquiries;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Cli.Commands;

/// <summary>What commands that talk to a cluster have in common: its address, a connection, and what a silent or ignorant one means.</summary>
internal sealed class ClusterCommand(Terminal terminal)
{
    private readonly ClusterOption _cluster = new();

    public void AddTo(Command command) => _cluster.AddTo(command);

    /// <summary>Asks one question, and has the answer written.</summary>
    /// <param name="ask">Reads the command line: null, with problems added, where there are any.</param>
    /// <param name="answered">Writes an answer, and returns the exit code.</param>
    public Task<int> AskAsync(
        ParseResult arguments,
        Func<ICollection<SpecProblem>, IProtocolMessage?> ask,
        Func<IProtocolMessage, int> answered,
        CancellationToken cancellation) =>
        ConnectAsync(arguments, ask, async (connection, question) => Answer(await connection.AskAsync(question, cancellation), answered), cancellation);

    /// <summary>Asks for one page after the other, and has all of them written.</summary>
    /// <param name="ask">Reads the command line: how to ask for what follows so many items; null, with problems added, where there are any.</param>
    /// <param name="open">What a page holds, and how many items there are in all.</param>
    /// <param name="write">Returns the exit code.</param>
    public Task<int> AskPagesAsync<T>(
        ParseResult arguments,
        Func<ICollection<SpecProblem>, Func<int, IProtocolMessage>?> ask,
        Func<IProtocolMessage, (IReadOnlyList<T> Items, int Total)> open,
        Func<IReadOnlyList<T>, int> write,
        CancellationToken cancellation) =>
        ConnectAsync(
            arguments,
            ask,
            async (connection, question) =>
            {
                var items = new List<T>();
                while (true)
                {
                    (IReadOnlyList<T> Items, int Total) page = ([], 0);
                    var code = Answer(await connection.AskAsync(question(items.Count), cancellation), answer =>
                    {
                        page = open(answer);
                        return ExitCode.Success;
                    });
                    items.AddRange(page.Items);
                    if (page.Items.Count == 0 || items.Count >= page.Total)
                    {
                        return code == ExitCode.Success ? write(items) : code;
                    }
                }
            },
            cancellation);

    /// <summary>Connects, where the command line has no problems.</summary>
    /// <param name="talk">Returns the exit code.</param>
    public async Task<int> ConnectAsync<T>(
        ParseResult arguments,
        Func<ICollection<SpecProblem>, T?> read,
        Func<ClusterConnection, T, Task<int>> talk,
        CancellationToken cancellation)
        where T : class
    {
        var problems = new List<SpecProblem>();
        var address = _cluster.Read(arguments, problems);
        var request = read(problems);
        if (address is null || request is null || problems.Count > 0)
        {
            return ProblemList.Write(terminal.Error, problems);
        }

        await using var connection = await ClusterConnection.OpenAsync(address, cancellation);
        try
        {
            return await talk(connection, request);
        }
        catch (ClusterSilentException e)
        {
            await terminal.Error.WriteLineAsync($"failed: {e.Message}");
            return ExitCode.RunFailed;
        }
    }

    public int Answer(IProtocolMessage answer, Func<IProtocolMessage, int> answered)
    {
        switch (answer)
        {
            case RunUnknown unknown:
                return RunArgument.NotFound(terminal, unknown);
            case TrialUnknown unknown:
                return RunArgument.NotFound(terminal, unknown);
            case RunRefused refused:
                terminal.Error.WriteLine($"refused: {refused.Reason}");
                return ExitCode.RunFailed;
            default:
                return answered(answer);
        }
    }
}
