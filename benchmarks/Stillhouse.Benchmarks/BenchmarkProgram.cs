using System.Globalization;
using System.Runtime.InteropServices;
using Spectre.Console;
using Stillhouse.Benchmarks.Codecs;
using Stillhouse.Benchmarks.Dataplane;
using Stillhouse.Benchmarks.Fanout;
using Stillhouse.Benchmarks.Measuring;
using Stillhouse.Benchmarks.Recovery;
using Stillhouse.Benchmarks.Scale;
using Stillhouse.Benchmarks.Service;
using Stillhouse.Benchmarks.Sweep;
using Stillhouse.Distillation.Data;
using Stillhouse.Distillation.Native;

namespace Stillhouse.Benchmarks;

/// <summary>The command line: the name of a benchmark, its options, and <c>--quick</c>.</summary>
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
        RecoveryBenchmark.Entry, ScaleBenchmark.Entry,
    ];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyCollection<string> arguments)
    {
        string[] words = [.. arguments.Where(argument => argument != Quick)];
        if (words is not [var name, .. var rest] || Benchmarks.FirstOrDefault(known => known.Name == name) is not { } benchmark
            || Read(benchmark, rest) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage(words));
            return BadInput;
        }

        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interruption.Cancel();
        });
        var session = new Session(Output(), arguments.Contains(Quick), TimeProvider.System, options, interruption.Token);
        return await RunAsync(benchmark, session);
    }

    /// <summary>What is wrong with the command line, and what it may say.</summary>
    internal static string Usage(IReadOnlyList<string> names)
    {
        var problem = names switch
        {
            [] => "Name a benchmark.",
            [var name, ..] when Benchmarks.All(known => known.Name != name) => $"There is no benchmark '{name}'.",
            [var name, var option, ..] when option.StartsWith('-') => $"{name} does not take {string.Join(' ', names.Skip(1))}.",
            _ => $"Name one benchmark, not {names.Count}: {string.Join(", ", names)}.",
        };
        var known = Benchmarks.Select(benchmark =>
            $"  {benchmark.Name,-10} {benchmark.Purpose}{string.Concat(benchmark.Options.Select(option => $" [--{option.Name} {option.Default}]"))}");
        return string.Join(Environment.NewLine, [problem, "Known are, each with --quick for a short trial:", .. known]);
    }

    /// <summary>The values of a benchmark's options; null where something else is written.</summary>
    private static Dictionary<string, int>? Read(Benchmark benchmark, string[] words)
    {
        var values = benchmark.Options.ToDictionary(option => option.Name, option => option.Default);
        for (var i = 0; i < words.Length; i += 2)
        {
            var option = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..] : "";
            if (!values.ContainsKey(option) || i + 1 == words.Length
                || !int.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            values[option] = value;
        }

        return values;
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
