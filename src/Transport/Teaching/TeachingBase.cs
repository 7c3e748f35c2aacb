using Grpc.Core;
using Stillhouse.Transport.Lessons;
using Stillhouse.Transport.Lessons.V1;

namespace Stillhouse.Transport.Teaching;

/// <summary>What protoc would generate for a service, except that it says <see cref="TeacherFrame"/>.</summary>
[BindServiceMethod(typeof(TeachingBase), nameof(Bind))]
internal abstract class TeachingBase
{
    public abstract Task Teach(
        IAsyncStreamReader<StudentMessage> student, IServerStreamWriter<TeacherFrame> reply, ServerCallContext context);

    public static void Bind(ServiceBinderBase binder, TeachingBase? service) =>
        binder.AddMethod(TeachingMethod.ForTeacher(), service is null ? null : service.Teach);
}
