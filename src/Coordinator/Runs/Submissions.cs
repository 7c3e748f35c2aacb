using Stillhouse.Messages.Identity;
using Stillhouse.Transport.Serialization;
using static Stillhouse.Messages.Runs.RunProtocol;

namespace Stillhouse.Coordinator.Runs;

/// <summary>Tells a submission that is repeated from another one under the same id.</summary>
internal static class Submissions
{
    /// <summary>Whether both ask for the same work; how urgent it is may differ.</summary>
    public static bool AreSame(SubmitRun one, SubmitRun other) => Identify(one) == Identify(other);

    /// <summary>As on the wire: records with lists in them are not equal by themselves.</summary>
    private static Digest Identify(SubmitRun submission) => ProtocolJson.DigestOf(submission with { Priority = 0 });
}
