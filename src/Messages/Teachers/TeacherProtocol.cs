using Stillhouse.Messages.Identity;
using Stillhouse.Messages.Trials;

namespace Stillhouse.Messages.Teachers;

/// <summary>Between the coordinator and the actor that owns a teacher node's devices.</summary>
public static class TeacherProtocol
{
    /// <summary>Teacher node to coordinator, repeated until answered: this node can hold teachers.</summary>
    [WireName("teacher.register-node/1")]
    public sealed record RegisterTeacherNode(string Node) : IProtocolMessage;

    /// <summary>Coordinator's answer to <see cref="RegisterTeacherNode"/>.</summary>
    [WireName("teacher.node-registered/1")]
    public sealed record TeacherNodeRegistered(string Node) : IProtocolMessage;

    /// <summary>Coordinator to node: train or load this teacher, then serve it.</summary>
    [WireName("teacher.start/1")]
    public sealed record StartTeacher(TrialId Trial, TeacherWork Work) : IProtocolMessage;

    /// <summary>Node to coordinator: the teacher answers lessons from now on.</summary>
    [WireName("teacher.serving/1")]
    public sealed record TeacherServing(TrialId Trial, TeacherEndpoint Endpoint) : IProtocolMessage;

    /// <summary>Coordinator to node: stop whatever this run's teachers do and free their memory.</summary>
    [WireName("teacher.release/1")]
    public sealed record ReleaseTeachers(RunId Run) : IProtocolMessage;
}
