using System.Net.Sockets;
using System.Text;
using Stillhouse.Messages.Randomness;
using Stillhouse.Transport.Channels;
using Stillhouse.Transport.Tests.Fakes;

namespace Stillhouse.Transport.Tests.Teaching;

/// <summary>What does not speak HTTP/2, or not gRPC, at the teachers' port.</summary>
public sealed class ForeignBytesTests : IAsyncLifetime
{
    private static readonly byte[] Preface = Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    private TeacherHost? _host;
    private ILessonLine? _bystander;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await TeacherHost.StartAsync();
        _host.Teachers.Add(new FakeTeacher());
        _bystander = await Students.Student().OpenAsync(_host.Endpoint, Students.Agreement, Cancellation);
    }

    /// <summary>Whoever came: the student beside is still taught.</summary>
    public async ValueTask DisposeAsync()
    {
        (await _bystander!.AskAsync(Students.Lesson(700))).Targets.Dispose();
        await _bystander!.DisposeAsync();
        await _host!.DisposeAsync();
    }

    [Fact]
    public Task Request_OfHttp1_IsHungUp() => ShouldBeHungUpAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: teacher\r\n\r\n"));

    [Fact]
    public Task Request_OfTls_IsHungUp() => ShouldBeHungUpAsync([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03]);

    [Fact]
    public Task Frame_LargerThanAnyThatWasAgreed_IsHungUp() =>
        ShouldBeHungUpAsync([.. Preface, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0x00, 0x01]);

    [Fact]
    public async Task Noise_OfManyKinds_IsHungUp()
    {
        var random = new SplitMix64(20);
        for (var round = 0; round < 50; round++)
        {
            var noise = new byte[1 + (random.Next() % 200)];
            foreach (ref var value in noise.AsSpan())
            {
                value = (byte)random.Next();
            }

            await ShouldBeHungUpAsync(round % 2 == 0 ? noise : [.. Preface, .. noise]);
        }
    }

    [Fact]
    public async Task Connection_BeyondTheLimit_IsHungUpUnheard()
    {
        await using var host = await TeacherHost.StartAsync(configure: options => options.MaximumConnections = 1);
        host.Teachers.Add(new FakeTeacher());
        await using var student = await Students.Student().OpenAsync(host.Endpoint, Students.Agreement, Cancellation);

        (await FirstWordAsync(host)).ShouldBeEmpty();

        (await FirstWordAsync(_host!)).ShouldNotBeEmpty();
        (await student.AskAsync(Students.Lesson(0))).Targets.Dispose();
    }

    /// <summary>What the other side says first to one who speaks HTTP/2; nothing if it hangs up.</summary>
    private static async Task<byte[]> FirstWordAsync(TeacherHost host)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port, Cancellation);
        await using var stream = client.GetStream();
        var heard = new byte[64];
        try
        {
            await stream.WriteAsync(Preface, Cancellation);
            return heard[..await stream.ReadAsync(heard, Cancellation)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Says it, says that nothing more comes, and waits for the other side to end as well.</summary>
    private async Task ShouldBeHungUpAsync(byte[] bytes)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_host!.Address.Host, _host.Address.Port, Cancellation);
        await using var stream = client.GetStream();
        var heard = new byte[4_096];
        try
        {
            await stream.WriteAsync(bytes, Cancellation);
            client.Client.Shutdown(SocketShutdown.Send);
            while (await stream.ReadAsync(heard, Cancellation) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Hung up without waiting for the end.
        }
    }
}
