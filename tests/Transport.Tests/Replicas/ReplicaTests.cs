using Stillhouse.Messages.Teachers;
using Stillhouse.Transport.Replicas;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaTests
{
    [Fact]
    public void Load_AfterItsLineHasBroken_CountsAnswersAnewAndKnowsItsSpeed()
    {
        var replica = new Replica(new ReplicaEndpoint("oak", new Uri("http://oak:1")), TimeProvider.System);
        replica.Open(bytes: 10);
        replica.Answered(TimeSpan.FromSeconds(1), openBytes: 10);
        replica.Load.Answers.ShouldBe(1);

        replica.Line = null;

        replica.Load.Answers.ShouldBe(0);
        replica.Load.Service.SecondsPerByte.ShouldBe(0.1);
    }
}
