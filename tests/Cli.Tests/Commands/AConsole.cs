using Spectre.Console.Testing;
using Stillhouse.Cli.Commands;
using Stillhouse.Cli.Running;
using Stillhouse.Cli.Views;

namespace Stillhouse.Cli.Tests.Commands;

/// <summary>The whole command line with a run in place of the cluster's.</summary>
internal sealed class AConsole(Func<AdmittedRun, NodeCounts?, RunFolders, RunEnd>? run = null) : IDisposable
{
    private readonly TestConsole _output = new TestConsole().Width(160);
    private readonly StringWriter _error = new();

    public string Output => _output.Output;

    public string Error => _error.ToString();

    public Task<int> InvokeAsync(params string[] arguments)
    {
        var terminal = new Terminal(_output, _error, TimeProvider.System);
        var still = StillCommand.Create((folders, _) => new Session(folders, run), terminal);
        return StillCommand.InvokeAsync(still, arguments, terminal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private sealed class Session(RunFolders folders, Func<AdmittedRun, NodeCounts?, RunFolders, RunEnd>? run) : IRunSession
    {
        public Task<RunEnd> ExecuteAsync(AdmittedRun admitted, NodeCounts? nodes, IRunView view) =>
            Task.FromResult(run?.Invoke(admitted, nodes, folders) ?? throw new InvalidOperationException("No run was expected."));
    }
}
