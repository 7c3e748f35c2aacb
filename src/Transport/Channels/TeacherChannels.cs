using System.Buffers;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// Opens lines to teachers: within the process for <c>inproc://</c>, by gRPC for <c>http://</c>. Connections are
/// plaintext HTTP/2 without authentication: for loopback and trusted networks only, until TLS is built.
/// </summary>
/// <param name="teachers">The teachers of this process.</param>
/// <param name="pool">Lends the buffers that received logits are kept in.</param>
public sealed class TeacherChannels(
    ServedTeachers teachers, IOptions<TeacherChannelOptions> options, TimeProvider time, ArrayPool<byte> pool)
{
    /// <summary>The scheme of teachers in this process.</summary>
    public const string InProcess = "inproc";

    /// <summary>Opens a line over which up to <paramref name="credits"/> lessons may be open or held at once.</summary>
    /// <param name="dataset">What sample ids refer to; the teacher must answer about the same.</param>
    /// <exception cref="LessonRefusedException">The teacher is there and does not take this student.</exception>
    /// <exception cref="TeacherUnreachableException">It is not there, or did not answer in time.</exception>
    /// <exception cref="ArgumentException">The address has a scheme that is not known.</exception>
    public async Task<ITeacherChannel> OpenAsync(
        TeacherEndpoint endpoint, Digest dataset, int credits, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentOutOfRangeException.ThrowIfLessThan(credits, 1);
        var hello = new Hello
        {
            Protocol = TeachingMethod.Protocol,
            Teacher = endpoint.Artifact.ToString(),
            Dataset = dataset.ToString(),
            Credits = credits,
        };
        ILessonLine line = endpoint.Address.Scheme switch
        {
            InProcess => InProcessLine.Open(endpoint, teachers, hello),
            "http" => await DialAsync(endpoint, hello, cancellation).ConfigureAwait(false),
            var scheme => throw new ArgumentException(
                $"{endpoint.Describe()}: scheme '{scheme}' is not known; a teacher is at {InProcess}://node or http://host:port.",
                nameof(endpoint)),
        };
        return new TeacherChannel(endpoint, line, options.Value.LessonTimeout, time);
    }

    private async Task<GrpcLine> DialAsync(TeacherEndpoint endpoint, Hello hello, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Value.OpenTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await GrpcLine.OpenAsync(endpoint, hello, options.Value, pool, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw endpoint.Unreachable($"no welcome within {options.Value.OpenTimeout}", e);
        }
    }
}
