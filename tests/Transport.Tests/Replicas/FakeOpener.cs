using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Channels;

namespace Stillhouse.Transport.Tests.Replicas;

/// <summary>Opens lines to the replicas of a test.</summary>
internal sealed class FakeOpener(params FakeReplica[] replicas) : ILineOpener
{
    public Task<ILessonLine> OpenAsync(ReplicaEndpoint replica, LineAgreement agreement, CancellationToken cancellation) =>
        replicas.Single(known => known.Endpoint == replica).OpenAsync(agreement, cancellation);
}
