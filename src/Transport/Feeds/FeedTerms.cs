using Stillhouse.Messages.Lessons;
using Stillhouse.Messages.Specs;
using Stillhouse.Transport.Codecs;
using Stillhouse.Transport.Targets;

namespace Stillhouse.Transport.Feeds;

/// <summary>What a feed delivers.</summary>
/// <param name="Teachers">In the order in which their targets are to be returned; they stay the caller's.</param>
/// <param name="Codec">How their targets are encoded.</param>
/// <param name="Blocks">The lessons of the split that the schedule is about.</param>
/// <param name="Quorum">When to go on without late teachers; null for never.</param>
public sealed record FeedTerms(
    IReadOnlyList<FeedTeacher> Teachers, TargetCodec Codec, CanonicalBlocks Blocks, QuorumSpec? Quorum);

/// <summary>One teacher of a feed.</summary>
/// <param name="Name">Its name in the spec.</param>
/// <param name="Source">Answers its lessons.</param>
/// <param name="Width">Values per sample that it must answer with: a logit for every class of the dataset, then the features it is asked for.</param>
public sealed record FeedTeacher(string Name, ITargetSource Source, int Width)
{
    /// <summary>Asks, and lets nothing pass but an answer to the question.</summary>
    /// <exception cref="WrongAnswerException">It is about other samples, in another codec or of another width.</exception>
    internal async Task<EncodedTargets> AskAsync(Lesson lesson, TargetCodec codec, CancellationToken cancellation)
    {
        var (targets, _) = await Source.AskAsync(lesson, cancellation).ConfigureAwait(false);
        if (targets.Lesson == lesson && targets.Width == Width && targets.Codec.Name == codec.Name)
        {
            return targets;
        }

        targets.Dispose();
        throw new WrongAnswerException(
            $"teacher '{Name}' was asked about {lesson} for {Width} values per sample in {codec.Name}, and "
            + $"answered about {targets.Lesson} for {targets.Width} in {targets.Codec.Name}.");
    }
}
