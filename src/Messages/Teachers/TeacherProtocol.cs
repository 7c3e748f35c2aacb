using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;
using static Stillhouse.Messages.Trials.TrialProtocol;

namespace Stillhouse.Messages.Teachers;

/// <summary>Between the coordinator and the actor that hosts a node's teachers.</summary>
public static class TeacherProtocol
{
    /// <summary>Coordinator to node: train or load this teacher, then serve it. Repeating it changes nothing.</summary>
    [WireName("teacher.start/1")]
    public sealed record StartTeacher(TrialId Trial, TeacherWork Work) : ITrialMessage;

    /// <summary>Node to coordinator, repeated until its end is recorded: trained, and answering lessons from now on.</summary>
    [WireName("teacher.serving/1")]
    public sealed record TeacherServing(TrialId Trial, TrainedOutcome Outcome, TeacherEndpoint Endpoint) : ITrialMessage;

    /// <summary>Coordinator to node: stop whatever this run's teachers do and free their memory.</summary>
    [WireName("teacher.release/1")]
    public sealed record ReleaseTeachers(RunId Run) : IProtocolMessage;
}
