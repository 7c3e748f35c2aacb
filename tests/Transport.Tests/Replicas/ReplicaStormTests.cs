using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Randomness;

namespace Stillhouse.Transport.Tests.Replicas;

public sealed class ReplicaStormTests
{
    private const int Lessons = 400;

    /// <summary>Whatever the threads do: every lesson is answered once, by its own answer, and nothing is left over.</summary>
    [Fact]
    public async Task Ask_WhileLinesBreakAndReplicasComeAndGo_IsAlwaysAnswered()
    {
        await using var wood = new ReplicaFixture(
            budget: 6 * ReplicaFixture.LessonBytes, configure: options => options.FirstRetry = TimeSpan.FromMilliseconds(1));
        var random = new SplitMix64(7);
        wood.Oak.Diligence = Unreliable;
        wood.Elm.Diligence = Unreliable;
        wood.Move(wood.Oak, wood.Elm);

        var answers = Task.WhenAll(Enumerable.Range(0, Lessons).Select(wood.AskAsync));
        while (!answers.IsCompleted)
        {
            wood.Move(Draw(4) switch { 0 => [wood.Oak], 1 => [wood.Elm], _ => [wood.Oak, wood.Elm] });
            wood.Time.Advance(TimeSpan.FromMilliseconds(Draw(100)));
            await Task.Yield();
        }

        (await answers).ShouldBe(Enumerable.Range(0, Lessons));

        bool Unreliable(AskedLesson asked)
        {
            switch (Draw(10))
            {
                case 0:
                    asked.Fail(new TeacherUnreachableException("the storm"));
                    break;
                case 1:
                    asked.IgnoresCancellation = true;
                    _ = asked.Cancelled.Task.ContinueWith(_ => asked.Answer(), TaskScheduler.Default);
                    break;
                default:
                    asked.Answer();
                    break;
            }

            return true;
        }

        int Draw(int bound)
        {
            lock (random)
            {
                return random.Below(bound);
            }
        }
    }
}
