using System.Runtime.InteropServices;
using Spectre.Console;
using Stillhouse.Benchmarks.Codecs;
using Stillhouse.Benchmarks.Dataplane;
using Stillhouse.Benchmarks.Fanout;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Service;
using Stillhouse.Benchmarks.Sweep;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Native;

namespace Stillhouse.Benchmarks;

/// <summary>The command line: the name of a benchmark, and <c>--quick</c>.</summary>
internal static class BenchmarkProgram
{
    private const string Quick = "--quick";
    private const int BadInput = 2;
    private const int Interrupted = 130;

    /// <summary>Files and pipes have no width of their own; the tables fit this one.</summary>
    private const int FileWidth = 120;

    private static readonly IReadOnlyList<Benchmark> Benchmarks =
    [
        ServiceBenchmark.Entry, SweepBenchmark.Entry, DataplaneBenchmark.Entry, CodecsBenchmark.Entry, FanoutBenchmark.Entry,
    ];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyCollection<string> arguments)
    {
        var names = arguments.Where(argument => argument != Quick).ToArray();
        if (names is not [var name] || Benchmarks.FirstOrDefault(known => known.Name == name) is not { } benchmark)
        {
            await Console.Error.WriteLineAsync(Usage(names));
            return BadInput;
        }

        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interruption.Cancel();
        });
        var session = new Session(Output(), arguments.Contains(Quick), TimeProvider.System, interruption.Token);
        return await RunAsync(benchmark, session);
    }

    /// <summary>What is wrong with the command line, and what it may say.</summary>
    internal static string Usage(IReadOnlyList<string> names)
    {
        var problem = names switch
        {
            [] => "Name a benchmark.",
            [var name] => $"There is no benchmark '{name}'.",
            _ => $"Name one benchmark, not {names.Count}: {string.Join(", ", names)}.",
        };
        var known = Benchmarks.Select(benchmark => $"  {benchmark.Name,-10} {benchmark.Purpose}");
        return string.Join(Environment.NewLine, [problem, "Known are, each with --quick for a short trial:", .. known]);
    }

    private static async Task<int> RunAsync(Benchmark benchmark, Session session)
    {
        try
        {
            TorchRuntime.EnsureLoadable();
            session.Say($"{benchmark.Name}: {benchmark.Purpose}");
            foreach (var line in Machine.Describe())
            {
                session.Say(line);
            }

            var result = await benchmark.RunAsync(session);
            session.Say(result.ToString());
            return 0;
        }
        catch (Exception e) when (e is DataException or TorchUnavailableException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return BadInput;
        }
        catch (OperationCanceledException) when (session.Cancellation.IsCancellationRequested)
        {
            return Interrupted;
        }
    }

    private static IAnsiConsole Output()
    {
        var output = AnsiConsole.Create(new AnsiConsoleSettings());
        if (!output.Profile.Out.IsTerminal)
        {
            output.Profile.Width = FileWidth;
        }

        return output;
    }
}
