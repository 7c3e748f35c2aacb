using System.Buffers;
using Microsoft.Extensions.Options;
using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;
using Stillhouse.Transport.Teaching;

namespace Stillhouse.Transport.Channels;

/// <summary>
/// Opens lines to replicas: within the process for <c>inproc://</c>, by gRPC for <c>http://</c>. Connections are
/// plaintext HTTP/2 without authentication: for loopback and trusted networks only, until TLS is built.
/// </summary>
/// <param name="teachers">The teachers of this process.</param>
/// <param name="pool">Lends the buffers that received answers are kept in.</param>
public sealed class LessonLines(
    ServedTeachers teachers, IOptions<LineOptions> options, TimeProvider time, ArrayPool<byte> pool) : ILineOpener
{
    /// <summary>The scheme of teachers in this process.</summary>
    public const string InProcess = "inproc";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The address has a scheme that is not known.</exception>
    public async Task<ILessonLine> OpenAsync(ReplicaEndpoint replica, LineAgreement agreement, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(replica);
        ArgumentNullException.ThrowIfNull(agreement);
        var faults = new LineFaults(replica, agreement.TeacherName);
        return replica.Address.Scheme switch
        {
            InProcess => InProcessLine.Open(teachers, Hello(agreement), faults),
            "http" => await DialAsync(replica.Address, agreement, faults, cancellation).ConfigureAwait(false),
            var scheme => throw new ArgumentException(
                $"Teacher '{agreement.TeacherName}' on node {replica.Node}: scheme '{scheme}' is not known; a teacher is at "
                + $"{InProcess}://node or http://host:port.",
                nameof(replica)),
        };
    }

    private async Task<GrpcLine> DialAsync(Uri address, LineAgreement agreement, LineFaults faults, CancellationToken cancellation)
    {
        var timeLimit = options.Value.OpenTimeout;
        using var timeout = new CancellationTokenSource(timeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        try
        {
            return await GrpcLine.OpenAsync(address, Hello(agreement), agreement.Codec, options.Value, pool, faults, either.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw faults.Unreachable($"no welcome within {timeLimit}", e);
        }
    }

    private Hello Hello(LineAgreement agreement) => new()
    {
        Protocol = TeachingMethod.Protocol,
        Teacher = agreement.Teacher.ToString(),
        Dataset = agreement.Dataset.ToString(),
        Codec = agreement.Codec.Name,
        CreditBytes = options.Value.CreditBytes,
        FrameBytes = options.Value.FrameBytes,
        ShipsInputs = agreement.ShipsInputs,
    };
}
