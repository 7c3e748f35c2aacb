using Stillhouse.Benchmarks.Peers;

namespace Stillhouse.Benchmarks.Teaching;

/// <summary>A teacher's machine.</summary>
internal sealed class TeachingPeer : IPeer
{
    public const string Kind = "teaching";

    /// <summary>Answered with the samples that were computed.</summary>
    public const string Forwards = "forwards";

    /// <summary>Answered with the bytes that crossed the open connections.</summary>
    public const string BytesOnTheWire = "bytes";

    private readonly CountedTeacher _teacher;
    private readonly TeachingServer _server;

    private TeachingPeer(CountedTeacher teacher, TeachingServer server) => (_teacher, _server) = (teacher, server);

    public string Address => _server.Address.ToString();

    /// <param name="arguments">The teacher's table, and the bytes that the node may keep of its answers.</param>
    public static async Task<IPeer> StartAsync(string[] arguments)
    {
        var teacher = new CountedTeacher(new TableTeacher(TeacherTable.Read(arguments[0]), TimeProvider.System));
        return new TeachingPeer(teacher, await TeachingServer.StartAsync([teacher], long.Parse(arguments[1])));
    }

    public string Answer(string question) => question switch
    {
        Forwards => $"{_teacher.Forwards}",
        BytesOnTheWire => $"{_server.BytesOnTheWire}",
        _ => throw new ArgumentException($"A teaching peer does not know about {question}.", nameof(question)),
    };

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
